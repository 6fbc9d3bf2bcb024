export const savedViews = {
  views: {
    title: 'Views',
    none: 'No saved views yet. Set filters and save them under a name.',
    save: 'Save this view',
    save_text: 'The current filters, under a name of your own, on every device you sign in on.',
    replace: 'Replace',
    name: 'Name',
    saved: 'View “{{name}}” saved',
    deleted: 'View deleted',
    too_many: 'You have as many saved views as fit. Delete one first.',
    manage: 'Delete views',
    delete: 'Delete view “{{name}}”',
  },
};
