/** Made-up exports of programs of many countries, each with what of it is easily read wrong. */
export const SHOPS = {
  /** Two-digit years of the last century, a discount and a freight that are not used. */
  northwind: `OrderID,CustomerID,OrderDate,RequiredDate,ShipCountry,ProductID,ProductName,UnitPrice,Quantity,Discount,Freight
10248,VINET,04-07-96,01-08-96,France,11,Queso Cabrales,14.0000,12,0,32.38
10248,VINET,04-07-96,01-08-96,France,42,Hokkien Mee,9.8000,10,0,32.38
10249,TOMSP,05-07-96,16-08-96,Germany,14,Tofu,18.6000,9,0.15,11.61
10250,HANAR,28-07-96,25-08-96,Brazil,41,Clam Chowder,7.7000,10,0.15,65.83
`,
  /** A line for each product; what the order has once stands on its first line only. */
  shopify: `Name,Email,Financial Status,Paid at,Fulfillment Status,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,Lineitem sku,Shipping Country,Refunded Amount
#1001,ana@example.com,paid,2024-01-18 15:31:00 +0100,fulfilled,USD,64.00,5.00,0.00,69.00,,0.00,2024-01-18 15:30:00 +0100,2,Hoodie Blue,25.00,30.00,hoodie-blue,US,0.00
#1001,ana@example.com,,,,,,,,,,,2024-01-18 15:30:00 +0100,1,Mug,14.00,,mug-white,,
#1002,ben@example.com,refunded,2024-01-19 09:00:00 +0100,unfulfilled,USD,14.00,5.00,0.00,19.00,TEA10,1.40,2024-01-19 08:59:00 +0100,1,Mug,14.00,,mug-white,US,19.00
`,
  woocommerce: `"Order Number","Order Status","Order Date","Customer","Country","SKU","Item Name","Quantity (- Refund)","Item Cost","Regular Price","Order Total Tax Amount","Order Total Amount"
5001,completed,"January 5, 2024 10:15 am",14,ES,TEA-01,"Green Tea",2,4.50,5.00,0.90,9.90
5002,cancelled,"January 6, 2024 6:20 pm",15,ES,TEA-02,"Black Tea",1,5.25,5.25,0.53,5.78
5003,completed,"January 7, 2024 7:00 pm",15,ES,ship,"Flat rate shipping",1,3.00,3.00,0,3.00
`,
  /** Three decimals everywhere; purchase and sales prices, net and gross. */
  german: `Belegnummer;Belegdatum;Kundennr.;Artikelnr.;Artikelbezeichnung;Menge;EK-Preis;VK netto;VK brutto;MwSt-Satz;Gesamt netto
RE-2024-001;02.01.2024;10023;4711;Teekanne Glas;2,000;8,150;19,900;23,681;19,00;39,800
RE-2024-001;02.01.2024;10023;V1;Versandkosten DHL;1,000;0,000;4,900;5,831;19,00;4,900
RE-2024-002;03.01.2024;10024;4712;Stövchen;12,000;3,250;7,500;8,925;19,00;90,000
GS-2024-001;09.01.2024;10023;4711;Teekanne Glas;-1,000;8,150;19,900;23,681;19,00;-19,900
`,
  brazilian: `Pedido;Data do pedido;Cliente;Código;Descrição;Qtde;Valor unitário;Desconto;Total;Situação
771;18/01/2024;Loja Azul;CF-250;Café torrado 250 g;10;R$ 25,90;R$ 0,00;R$ 259,00;Faturado
771;18/01/2024;Loja Azul;FRETE;Frete SEDEX;1;R$ 1.034,50;R$ 0,00;R$ 1.034,50;Faturado
772;19/01/2024;Bar Sol;CF-250;Café torrado 250 g;2;R$ 25,90;R$ 5,00;R$ 46,80;Cancelado
`,
  /** Lakhs in twos. */
  indian: `"Voucher No","Date","Party Name","Item Code","Particulars","Qty","Rate","CGST","SGST","Amount"
"S/101","15-Jan-2024","Mehta Stores","SILK-9","Silk saree","1","₹ 1,23,456.78","₹ 7,407.41","₹ 7,407.41","₹ 1,38,271.60"
"S/102","16-Jan-2024","Rao & Sons","TEA-5","Assam tea","40","₹ 250.00","₹ 250.00","₹ 250.00","₹ 10,500.00"
`,
  japanese: `注文番号,注文日,商品コード,商品名,数量,単価,金額,状態
A-1001,2024年1月18日,MUG-W,マグカップ 白,２,"￥1,980","￥3,960",発送済
A-1001,2024年1月18日,SHIP,送料,1,￥550,￥550,発送済
A-1002,2024年1月19日,TEA-1,緑茶,3,￥864,"￥2,592",キャンセル
`,
  /** An ERP that writes every number with three decimals. */
  threeDecimals: `Order No,Date,SKU,Qty,Unit Cost,Price
1,13/01/2024,A1,2.000,1.100,2.500
1,13/01/2024,A2,1.000,0.900,1.250
`,
  /** Ids instead of numbers, some of which begin with C and a digit. */
  uuids: `order_id,created_at,sku,quantity,price,customer_id
c8e32d28-7a3f-4c62-9d5e-1f0a2b3c4d5e,2024-01-18T10:00:00Z,hoodie-blue,1,39.90,81
1f0c2ab4-05c1-4f3d-8e9a-c8e32d287a3f,2024-01-18T11:00:00+01:00,hoodie-red,2,39.90,82
c1234567-89ab-4def-8123-456789abcdef,2024-01-19T09:30:00-05:00,hoodie-blue,3,39.90,81
`,
  /** Excel's day numbers. */
  serials: `Invoice;SKU;Quantity;Date;Price (EUR)
1;A1;2;45309;4,5
1;A2;1;45309,5;3
`,
  /** Two currencies, one of them in a column of its own. */
  mixed: `Order ID,SKU,Quantity,Date,Price,Currency
1,A1,2,2024-01-18,4.00,USD
2,A1,1,2024-01-19,5.00,USD
3,A1,1,2024-01-20,4.50,EUR
`,
} as const;
