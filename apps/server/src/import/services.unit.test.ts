import { expect, test } from 'vitest';
import { looksLikeService } from './services.ts';

test.each([
  ['POST', 'POSTAGE'],
  ['DOT', 'DOTCOM POSTAGE'],
  ['M', 'Manual'],
  ['D', 'Discount'],
  ['C2', 'CARRIAGE'],
  ['B', 'Adjust bad debt'],
  ['BANK CHARGES', 'Bank Charges'],
  ['SHIPPING', ''],
  ['ship-exp', 'Express Shipping'],
  ['SH1', 'Shipping & Handling'],
  ['SH2', 'Standard delivery (2-3 days)'],
  ['SH3', 'Delivery to Spain'],
  ['F9', 'Handling fee'],
  ['GC-50', 'Gift Card £50'],
  ['GW', 'Gift wrapping'],
  ['DISC10', 'Discount 10%'],
  ['ENV', 'Envío 24 h'],
  ['P', 'Portes Península'],
  ['G', 'Gastos de envío'],
  ['DTO', 'Descuento por volumen'],
  ['TR', 'Tarjeta regalo 50 €'],
  ['V', 'Versandkosten DHL'],
  ['V2', 'Versand nach Österreich'],
  ['R', 'Rabatt 5 %'],
  ['FP', 'Frais de port'],
  ['L', 'Livraison Colissimo'],
  ['FR', 'Frete SEDEX'],
  ['DE', 'Desconto à vista'],
  ['SP', 'Spese di spedizione'],
  ['YM', '送料'],
])('%s %s is no goods', (code, name) => {
  expect(looksLikeService(code, name)).toBe(true);
});

test.each([
  ['hoodie-blue', 'Hoodie blue'],
  ['hoodie-blue', ''],
  ['COFFEE', 'Coffee beans'],
  ['PADS', 'PADS TO MATCH ALL CUSHIONS'],
  ['MAN-1', 'User manual'],
  ['GRIND', 'Manual coffee grinder'],
  ['BOX', 'Shipping box'],
  ['LBL', 'Shipping Label Printer'],
  ['BAG', 'Delivery bag'],
  ['CLK', 'Carriage clock'],
  ['CARD', 'Discount card holder'],
  ['GCH', 'Gift card holder'],
  ['STAMP', 'Postage stamp mug'],
  ['PORTO', 'Porto Tawny'],
  ['SOB', 'Sobre de envío'],
  ['POST', 'Fence post'],
  ['M', 'T-shirt, size M'],
  ['VK', 'Versandkarton'],
  ['PC', 'Porte-clés'],
  ['PV', 'Portavelas'],
  ['FRS', 'Fromage frais'],
  ['MUG', '送料無料マグ'],
])('%s %s is goods', (code, name) => {
  expect(looksLikeService(code, name)).toBe(false);
});
