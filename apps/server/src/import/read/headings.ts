import type { ImportField } from '@almenara/events';

/** What columns are called in other programs, in English, Spanish, German, French, Portuguese, Italian and Japanese. */

/** `Nº de Factura`, `n.º_de_factura` and `NODEFACTURA` are one heading. */
export const plain = (heading: string): string =>
  heading
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]|\p{M}/gu, '');

const words = (text: string): readonly string[] => text.trim().split(/\s+/).map(plain);

interface Headings {
  /** The likeliest first: of two that are there, the other one may be meant as well. */
  readonly sure: readonly string[];
  /** Taken only where there is nothing better, and told as a guess: `product` may be a name, a cost is no price. */
  readonly weak: readonly string[];
}

export const HEADINGS: Readonly<Record<ImportField, Headings>> = {
  document: {
    sure: words(`invoiceno invoicenumber invoicenum invoiceid invoice billno billnumber voucherno vouchernumber documentno
      documentnumber docno document orderno ordernumber ordernum orderid salesorder salesordernumber order receiptno
      receiptnumber receipt ticket ticketno transactionid transactionno transactionnumber saleid
      numerofactura numerodefactura numfactura nfactura nofactura nodefactura ndefactura factura numerodocumento
      numerodedocumento numdocumento nodocumento nodedocumento documento numeropedido numerodepedido numpedido nopedido
      nodepedido npedido numerodopedido pedido numeroalbaran numalbaran noalbaran nodealbaran nalbaran albaran
      numeroticket numticket
      rechnungsnummer rechnungsnr rechnung belegnummer belegnr beleg auftragsnummer auftragsnr auftrag bestellnummer
      bestellnr bestellung lieferscheinnummer lieferscheinnr vorgangsnummer
      numerofacture numerodefacture nofacture ndefacture nfacture facture numerocommande numerodecommande nocommande
      ndecommande ncommande commande
      numeronotafiscal numerodanotafiscal numerodanota numeronf notafiscal nfe nf cupom
      numerofattura nfattura fattura numeroordine nordine ordine
      注文番号 受注番号 伝票番号 請求書番号 請求番号 売上番号`),
    weak: [],
  },
  code: {
    sure: words(`stockcode productcode itemcode lineitemsku variantsku productsku itemsku sku articlecode articleno
      articlenumber itemno itemnumber partno partnumber productno productnumber productid itemid code
      codigoproducto codigodeproducto codproducto codigoarticulo codigodearticulo codarticulo codigodoproduto codproduto
      codigoproduto codigo cod referencia ref idproducto idarticulo
      artikelnummer artikelnr artnr artikelcode produktnummer
      codearticle codeproduit referencearticle referenceproduit refarticle refproduit reference
      codicearticolo codiceprodotto codart codice
      商品コード 商品番号 品番 型番`),
    weak: words(`product item article barcode ean gtin upc asin producto articulo artikel produkt produit produto prodotto
      articolo`),
  },
  quantity: {
    sure: words(`quantity qty lineitemquantity itemquantity orderquantity orderqty quantityordered orderedquantity qtyordered
      orderedqty quantitysold qtysold unitssold quantityrefund units pieces pcs cantidad cant unidades uds ud piezas
      menge anzahl stuckzahl stuck quantite qte quantidade qtde qtd quantita qta 数量 個数`),
    weak: words('count quantityshipped qtyshipped quantityinvoiced qtyinvoiced'),
  },
  date: {
    sure: words(`invoicedate documentdate orderdate billdate voucherdate saledate salesdate purchasedate transactiondate
      datetime date orderedat orderedon dateordered createdat datecreated timestamp
      fechafactura fechadefactura fechadocumento fechapedido fechadepedido fechaventa fechadeventa fechahora fechayhora fecha
      rechnungsdatum belegdatum auftragsdatum bestelldatum buchungsdatum datum
      datefacture datedefacture datecommande datedecommande datedevente
      datadopedido datapedido datadavenda datavenda dataemissao datadeemissao datafattura dataordine datadocumento data
      注文日 受注日 売上日 伝票日付 日付`),
    weak: words('paidat processedat paymentdate fechapago postingdate'),
  },
  price: {
    sure: words(`unitprice priceperunit priceeach lineitemprice itemprice unitsellingprice sellingprice saleprice salesprice
      price rate unitpricenet netunitprice netprice pricenet unitpriceexcltax unitpriceexclvat priceexcltax priceexclvat
      unitpricegross grossunitprice grossprice pricegross unitpriceincltax unitpriceinclvat priceincltax priceinclvat
      preciounitario preciounidad preciounit preciound punitario importeunitario preciodeventa precioventa precio
      precioneto preciosiniva preciobruto precioconiva pvpunitario pvp
      einzelpreis stuckpreis preisprostuck einheitspreis verkaufspreis vkpreis vk preis einzelpreisnetto vkpreisnetto
      vknetto nettopreis preisnetto einzelpreisbrutto vkpreisbrutto vkbrutto bruttopreis preisbrutto
      prixunitaire prixdevente prixvente pu prix prixunitaireht puht prixht prixunitairettc puttc prixttc
      precodevenda precovenda valorunitario vlunitario vlunit vrunitario vrunit preco precounitario
      prezzounitario prezzodivendita prezzovendita prezzo prezzonetto prezzolordo
      販売単価 単価 販売価格 価格`),
    weak: words(`itemcost listprice regularprice retailprice rrp msrp compareatprice lineitemcompareatprice unitcost costprice
      cost preciodelista preciolista preciotarifa tarifa costeunitario costounitario preciodecoste preciodecosto preciocoste
      preciocosto coste costo listenpreis uvp einkaufspreis ekpreis ek prixcatalogue prixdachat prixachat coutunitaire cout
      precodetabela precodecusto custounitario custo prezzodilistino prezzolistino 定価 仕入単価 原価`),
  },
  description: {
    sure: words(`description productdescription itemdescription lineitemname productname producttitle itemname title name
      particulars descripcion descripcionproducto descripciondelproducto descripcionarticulo nombreproducto
      nombredelproducto nombrearticulo nombre concepto detalle
      artikelbezeichnung bezeichnung artikelname produktname beschreibung designation libelle
      descricaodoproduto descricaoproduto descricao nomedoproduto nomeproduto descrizione nomeprodotto 商品名 品名`),
    weak: words('product item producto articulo artikel produkt produit article produto prodotto articolo'),
  },
  customer: {
    sure: words(`customerid customerno customernumber customercode clientid clientno clientcode accountno accountid customer
      client customername clientname partyname buyer buyername account codigocliente codigodecliente codcliente idcliente
      clienteid numerocliente numerodecliente numcliente nocliente ncliente codigodocliente cliente nomecliente
      nomedocliente nombrecliente kundennummer kundennr kdnr kunde kundenname codeclient numeroclient nclient nomclient
      codicecliente 顧客番号 顧客コード 得意先コード 会員番号 顧客 得意先 顧客名 得意先名`),
    weak: words('email customeremail billingemail billingname party'),
  },
  country: {
    sure: words(`country countryname shipcountry shippingcountry deliverycountry pais paiscliente paisdestino land lieferland
      pays paese nazione 国 国名`),
    weak: words('billingcountry countrycode shippingcountrycode'),
  },
};

/** What is bracketed behind a heading is a unit or a currency, but not where it makes another thing of it. */
const OTHER_THING = /cost|purchase|list|einkauf|compra|achat|custo|costo|coste/i;

/** What a heading may be known as, the surest first: as it stands, and without a unit or a currency behind it. */
export function keysOf(heading: string): string[] {
  const bracketed = /[([{]([^)\]}]*)[)\]}]/.exec(heading)?.[1] ?? '';
  const short = OTHER_THING.test(bracketed) ? heading : heading.replace(/[([{][^)\]}]*[)\]}]/g, ' ');
  const bare = short
    .trim()
    .replace(/[\s_,/-]+(?:in[\s_]+)?(?:[A-Z]{3})$/, (end) => (isCurrencyCode(end) ? '' : end));
  return [...new Set([heading, short, bare].map(plain))].filter((key) => key !== '');
}

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));
const isCurrencyCode = (end: string): boolean => CURRENCIES.has(end.slice(-3));

/** Of Shopify's orders the number is called a name; of any other file a name is somebody's or something's. */
export const isShopify = (keys: ReadonlySet<string>): boolean => keys.has('lineitemname') && keys.has('name');
