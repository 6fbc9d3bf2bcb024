/**
 * Made up, and as untidy as what shops send: quotes, trailing blanks, a line twice, codes in two cases, services, a
 * document without a customer, cancellations, a write-off, a free gift, two minutes in one document.
 */
export const SAMPLE = `Nº Factura;Código;Descripción;Cantidad;Fecha;Precio unitario;Cliente;País
9001;10120A;CAFÉ MOLIDO 250 G ;24;3/9/2024 08:26;3,45;501;España
9001;10120a;CAFÉ MOLIDO 250 G;6;3/9/2024 08:26;3,95;501;España
9001;20455;"ACEITE ""PICUAL"" 5 L";2;3/9/2024 08:27;46,5;501;España
9001;PORTES;PORTES;1;3/9/2024 08:26;9;501;España
9002;10120A;CAFÉ MOLIDO 250 G;12;3/9/2024 09:10;3,45;502;Portugal
9002;10120A;CAFÉ MOLIDO 250 G;12;3/9/2024 09:10;3,45;502;Portugal
9003;30001;"JABÓN; PASTILLA";5;3/9/2024 10:00;1,2;;España
9003;30002;;1;3/9/2024 10:00;0;;España
9004;20455;;-3;4/9/2024 11:15;0;;España
C9005;10120A;CAFÉ MOLIDO 250 G;-2;5/9/2024 12:00;3,45;501;España
C9005;20455;"ACEITE ""PICUAL"" 5 L";-1;5/9/2024 12:00;46,5;501;España
C9006;30001;"JABÓN; PASTILLA";-4;6/9/2024 09:30;1,2;502;Portugal
9007;30001;"JABÓN; PASTILLA";1.200;14/9/2024 16:05;1,05;503;Francia
9007;POST;Envío;1;14/9/2024 16:05;1.234,5;503;Francia
9007;40404;MANTEL ROJO;3;14/9/2024 16:05;12,755;503;Francia
`;
