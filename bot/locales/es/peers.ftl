command-people = Mi gente, y qué recibe cada quien
command-helping = Cuando alguien pregunta si estás
people-phrases = mi gente | gente | quién ve qué
alert-phrases = avisar a mi gente | preguntar a mi gente
people-somebody = Alguien que conoces
people-number = Copiar el número de { $name }
people-back = Volver a mi gente
people-none = Todavía nadie. Podrías pedírselo a una persona de confianza.
people-nobody-now = Ahora mismo no puede salir nada para nadie.
people-line = { $name }: recibe lo que envío yo, desde el { $since }. Último envío: { $sent }.
people-never = nunca
people-muted = Nada sale hacia allí hasta el { $day }.
people-gone-short = Por ahora no se puede llegar.
people-gone = Ahora mismo no puedo llegar a { $name } por aquí. Puede deberse a muchas cosas.
people-note = Una nota corta, para cuando tengas un momento.
    .open = Abrir
people-gone-then = Podrías tener a otra persona a quien preguntar, o un número en tu tarjeta.
people-asleep = No hay que despertar a { $name } antes de las { $time }.
people-pending = { $name } aceptó: ¿es quien crees?
people-ask = Preguntar a mi gente
people-times = Cuánto esperar
people-invite = Invitar a alguien
people-no-one = Ahora no tengo a nadie
people-nobody =
    Mucha gente empieza así. Hay quien contesta sin conocerte, y hay reuniones.
    No seguiré preguntando.
people-lines = Quienes contestan
people-name =
    La persona a la que invitas lee quién se lo pide. Aún no sé cómo llamarte.
    Sirve cualquier nombre por el que te conozca.
    .set = Poner mi nombre
people-most = A más de seis personas no puedo preguntar por ti. Puedes quitar a alguna primero.
people-open =
    Hay tres invitaciones abiertas, y no puede haber más.
    Terminan mañana como tarde, o ya si las retiras.
    .withdraw = Retirarlas todas
people-how =
    Abajo tienes un mensaje que puedes reenviar por donde quieras.
    El enlace sirve una vez, para quien lo abra primero. Envíalo solo a una persona.
    Luego dices si es quien querías. Hasta entonces no sale nada para nadie.
    Quien lo abra sabrá que usas este programa, y para qué sirve.
people-send-on =
    ¿Quieres ser parte de mi gente? Es un pequeño programa en Telegram.
    Solo te escribe cuando yo se lo pido, para ver si puedes hablar.
    Decir que no también está bien. El enlace sirve una vez, hasta mañana: { $link }
people-pick = Es para una sola persona
    .button = Elegir a la persona
    .back = Dejarlo como está
people-pick-ask =
    Pulsa «{ $button }» y tu teléfono muestra a la gente que conoces en Telegram.
    El enlace sirve entonces solo para esa cuenta. Nadie se entera.
people-picked = El enlace es ya solo para { $name }. Si lo abre otra persona, lee que no lleva a ningún sitio.
people-pick-not = El enlace sigue como estaba: para quien lo abra primero.
people-pick-none =
    Ahí no veo otra cuenta. El enlace sigue como estaba.
    Alguien sin Telegram puede estar en tu tarjeta, con un número.
    .card = Ponerlo en mi tarjeta
people-accepted = Alguien te ha contestado.
    .open = Abrir
people-confirm =
    Alguien que dice llamarse { $name } aceptó. ¿Es la persona que querías?
    Cualquiera puede escribir un nombre. Si dudas, pregúntale antes por otro medio.
    .yes = Sí, es { $name }
    .no = No
people-confirm-picked = { $name } aceptó, desde la cuenta que elegiste. ¿Es así?
people-sees = Ver exactamente qué recibe { $name }
people-exact = { $name } recibe esto cuando pulsas Enviar, palabra por palabra:
people-exact-over = Y cuando pulsas «Todo está bien»: «{ $words }»
people-exact-else =
    Si { $name } está, lo que os escribáis entonces.
    Nada más. { $name } no puede consultar nada.
people-mute = Nada durante una semana
people-unmute = Puede recibir mensajes otra vez
people-remove = No se avisa a nadie. Desde ahora no sale nada para { $name }. Lo que ya tiene se queda allí.
    .button = Quitar
    .yes = Quitar
    .no = Dejar
people-stop =
    Desde ahora nadie recibe nada, y borro lo personal de este chat.
    No se avisa a nadie. Un aviso abierto termina con sus palabras de siempre.
    .button = Dejar de compartir todo
    .yes = Dejarlo todo
    .no = No
people-stopped = Hecho. No sale nada para nadie, y estoy borrando lo personal de este chat.
people-times-said =
    Sin respuesta en { $minutes } minutos, pregunto a la siguiente persona.
    Tras Enviar tienes { $seconds } segundos para echarte atrás.
people-wait = { $minutes } minutos
people-seconds = { $seconds } segundos
people-question = Una pregunta corta.
    .open = Abrir
people-review = { $names }: recibe lo que envías tú, y nada más. ¿Sigue estando bien así?
    .yes = Sí
    .change = Cambiar
people-reviewed = Gracias. Volveré a preguntar dentro de un tiempo.

people-review-quiet =
    { $names }: recibe lo que envías tú.
    { $hear }: también se entera cuando llevas unos días sin decir nada.
    Nada más sale para nadie. ¿Sigue estando bien así?

quiet-button = Cuando me quedo en silencio
quiet-note =
    { $name } lleva { $days } días sin contestarme y pidió que lo supieras.
    No sé nada más; un teléfono perdido se ve igual. Basta un simple hola.
    Por favor, no preguntes qué me ha contado { $name }.
quiet-arrange =
    Si paso { $days } días sin saber de ti, { $name } lee esto:
    «{ $words }»
    Te aviso un día antes, y cualquier palabra tuya lo detiene.
quiet-state =
    .off = Por ahora no sale. Primero le preguntaría a { $name }.
    .waiting =
        Empieza cuando haya un sí y pueda llegar a { $name } por aquí.
        Sin las dos cosas no sale nada.
    .soon = Está acordado, y empieza el { $day }.
    .on = Está en marcha para { $name }.
quiet-asked = Le pregunto a { $name } en cuanto pueda, una vez al día como mucho.
quiet-days = { $days } días
quiet-ask = Preguntar a { $name }
quiet-try = Enviar una PRUEBA a { $name }
quiet-off = Ya no
quiet-tested = A { $name } le llega una nota marcada como PRUEBA, una al día como mucho.
quiet-line = Y una nota tras { $days } días de silencio.
    .waiting = Y una nota tras { $days } días de silencio, cuando pueda salir.
quiet-exact = Si paso { $days } días sin saber de ti: «{ $words }»
    .waiting = Cuando pueda salir, si paso { $days } días sin saber de ti: «{ $words }»
quiet-warning = { $when }: sale algo que dejaste preparado. Cualquier palabra tuya lo detiene.
    .stop = No enviarlo
    .what = ¿Qué es?
quiet-stopped = No sale nada para nadie. Empiezo a contar de nuevo.
quiet-what =
    Hacía tiempo que no sabía de ti. Tu gente iba a enterarse, como lo dejaste preparado.
    Ya estás aquí, así que no sale nada para nadie.
quiet-leaving = Estaba saliendo justo cuando pulsaste. Te diré qué pasó.
quiet-told = Ha salido algo que dejaste preparado.
    .open = Abrir
quiet-went = Esto salió para { $name } el { $when }.
    .unsure = Esto quizá le llegó a { $name } el { $when }. Telegram no lo dijo.
quiet-went-words = «{ $words }»
quiet-nothing = Últimamente no ha salido nada.
quiet-well = Decirles que todo está bien
quiet-well-said = Bien. A quien recibió la nota le llega que todo está bien.
quiet-offered = { $name } te pregunta algo.
    .open = Abrir
quiet-offer =
    Si paso unos días sin saber de { $name }, ¿te aviso con estas palabras?
    «{ $words }»
    Hasta entonces no tienes que hacer nada. Decir que no también está bien.
    { $name } solo ve si una nota así puede salir, nunca por qué no.
    .yes = Sí, avísame
    .no = No, gracias
quiet-answer =
    .yes = Gracias. Puedes terminarlo en /helping cuando quieras, y no se avisa a nadie.
    .no = Está muy bien así. No llegará ninguna nota de esas.
quiet-arrived = Una nota que { $name } dejó preparada.
    .open = Abrir
quiet-test = PRUEBA.
quiet-test-said = PRUEBA. No ha pasado nada. Así se leería:
quiet-closed = Esto ya está cerrado. No hace falta que hagas nada.
quiet-no = Sin notas de silencio
quiet-no-more = Desde ahora no te llegan notas sobre días de silencio. No se avisa a nadie.

alert-way = { $name }: ¿está ahí?
alert-asks = { $name } pregunta si estás ahí.
    .open = Abrir
alert-pressed = { $name } pulsó el botón: es un momento difícil.
alert-ago =
    .now = Ahora mismo
    .minutes = Hace { $minutes } minutos
    .hours = Hace { $hours } horas
alert-helps = Lo que le ayuda a { $name }: «{ $words }»
alert-perfect = No hacen falta palabras perfectas. «Aquí estoy, cuéntame» basta. Si hay una vida en peligro: el número de emergencias de allí.
alert-repeat = Otra vez, por si la primera se perdió:
alert-answer =
    .here = Aquí estoy
    .later = En 10 minutos
    .cant = Ahora no puedo
alert-later = Gracias. { $name } lo sabe. Pulsa cuando estés, o si al final no puede ser.
alert-thanks =
    .here = Gracias. Le digo a { $name } que estás ahí.
    .cant = No pasa nada. { $name } tiene otras ayudas a mano. Cuídate mucho.
alert-busy =
    Gracias. Le digo a { $name } que estás ahí.
    Lo que escribes sigue yendo a { $other }. Termina esa charla y luego pulsa abajo.
alert-write = Escribir a { $name }
alert-once-more = { $name } espera una palabra tuya. Cualquiera vale.
alert-over =
    .well = { $name } dice que ya está todo bien. Gracias.
    .mistake = { $name } pulsó sin querer. Todo está bien. Gracias.
alert-closed = Esto ya está cerrado. ¿Cómo te quedas?
    .well = Bien
    .much = Fue mucho
alert-after =
    .well = Me alegro. Gracias por estar ahí.
    .much = Puede ser mucho. No tenías que arreglar nada. Habla tú también con alguien, y descansa.

alert-preview = Esto le llega a { $name }, palabra por palabra:
alert-exact = «{ $words }»
alert-then = Sin respuesta en { $minutes } minutos, pregunto a { $name }.
alert-then-at-once = Así que pregunto enseguida a { $name }.
alert-silent = De noche, un teléfono en silencio no suena. Llamar puede ser más rápido.
alert-send = Enviar a { $name }
alert-only = Solo { $name }
alert-other = Primero { $name }
alert-change = Cambiar las palabras
alert-not = Ahora no
alert-not-now = No salió nada para nadie.
alert-words = ¿Qué te ayuda? Por ejemplo: «Escucha. Invítame a caminar». Hasta 160 letras.
alert-words-long = Un poco más corto, por favor: hasta 160 letras.
alert-goes-out = Sale a las { $time }.
alert-take-back = Echarme atrás
alert-taken-back = Retirado. No ha salido nada.
alert-going = Va de camino a { $name }.
alert-passed = Entregado a Telegram a las { $time }. No puedo ver si el teléfono de { $name } está encendido.
alert-said =
    .here = Pregunté a { $name } a las { $asked } y contestó a las { $time }: aquí estoy.
    .later = Pregunté a { $name } a las { $asked } y contestó a las { $time }: en 10 minutos.
    .cant = Pregunté a { $name } a las { $asked } y contestó a las { $time }: ahora no puedo.
alert-answered =
    .here = { $name }, { $time }: aquí estoy.
    .later = { $name }, { $time }: en 10 minutos.
alert-well = Ya está todo bien
alert-too = Preguntar también a { $name }
alert-news = Tienes una respuesta.
    .open = Abrir
alert-nobody = Nadie ha contestado todavía. Eso no dice nada de ti; son las { $time }.
alert-broken =
    Algo mío se ha estropeado: ahora mismo no puedo seguir preguntando.
    Lo sigo intentando. Por favor, no te quedes esperando.
alert-silence = Todavía no ha seguido nada. Eso no dice nada de ti; son las { $time }.
alert-awake = Hay una persona despierta en el { $number }.
alert-awake-world = En algún lugar hay alguien despierto: { $link }
alert-again = Preguntar otra vez
alert-late = Ya había salido: lo enviaste a las { $time }. ¿Digo algo?
alert-mistake = Fue sin querer
alert-leave = Dejarlo así
alert-ended =
    .well = Bien. A quien se preguntó le llega que todo está bien.
    .mistake = A quien se preguntó le llega que fue sin querer. Son cosas que pasan.
    .quietly = Esto ya terminó.

chat-begun =
    Lo que escribas ahora le llega a { $name }, hasta Terminar. { $name } puede contestarte.
    { chat-mark } en tu mensaje quiere decir: se entregó a Telegram.
chat-mark = ✍
chat-unsaid = Algo de lo que escribiste no se pudo entregar. Lo que sí se entregó lleva la marca { chat-mark }.
chat-long = Es demasiado largo para un mensaje y no se ha entregado. En dos partes sí puede salir.
chat-to = Para { $name }
chat-line = { $name }: { $words }
chat-end = Terminar la charla
chat-ended = La charla ha terminado. Vuelves a escribirle al programa.

peer-runs = Soy un programa, y quien me lleva es { $operator }.
peer-runs-nobody = Soy un programa: una copia de prueba, sin nadie con nombre detrás.
peer-offer =
    { $name } te pide que seas una persona a quien acudir en un momento difícil. { $runs }
    Recibirías: un mensaje cuando { $name } pulse un botón, y uno cuando haya pasado.
    Si contestas, lo que { $name } te escriba. Nada más. No puedes consultar nada.
    No estás de guardia ni respondes de lo que pase.
    Guardo aquí tu nombre, tus respuestas y tus horas de silencio.
    .yes = Sí, quiero
    .no = No, gracias
    .more = Leer más
peer-more =
    { $name } no te ha apuntado a nada: eso solo lo hace tu sí.
    Contestas si puedes: «Aquí estoy», «En 10 minutos», «Ahora no puedo». Todo vale.
    Quien lleva esto, y Telegram, podrían leer este chat.
    Puedes retirarte cuando quieras. A { $name } no se le avisa.
    Una vida en peligro es cosa del número de emergencias, no tuya.
peer-dead = Este enlace ya no lleva a ningún sitio. Quien lo envió puede hacer otro.
peer-declined = Está muy bien así. No se guarda nada tuyo.
peer-name = Gracias. ¿Cómo te llamo aquí? Un nombre corto por el que te conozca.
peer-name-long = Uno corto, por favor: hasta 20 letras.
peer-thanks =
    Gracias. De noche solo suenan los teléfonos que dejan pasar este chat.
    Puedes retirarte cuando quieras, y no se avisa a nadie.
peer-how = Cómo ayudar, en una página
peer-back = Retirarme
peer-how-page =
    Escucha más de lo que hablas. «Aquí estoy, cuéntame» basta.
    Sin sermones, sin cuentas, sin pedir promesas.
    Ofrece algo pequeño: un paseo, comer algo, seguir al teléfono.
    No tienes que arreglarlo. Puedes decir que es demasiado.
    Si no despierta, respira lento o habla de morir: el número de emergencias de allí.
    Cuídate. Habla tú también con alguien; los grupos para familias ayudan.
helping =
    Alguien puede preguntarte aquí, con un botón, si estás. Contestas si puedes.
    No puedes consultar nada, y por mi cuenta solo te llega una nota que hayas aceptado.
    No estás de guardia, y puedes retirarte cuando quieras.
peer-options = Mis opciones
peer-for-me = Quiero esto para mí
peer-settings = ¿En qué idioma hablo? Todo lo que guardo de ti está en Mis datos.
peer-leave =
    Desde ahora no llega nada de nadie. Lo que guardaba de ti para esto se va.
    No digo a nadie que has sido tú. Solo leen que ahora mismo no puedo llegar a ti.
    .yes = Sí, retirarme
    .no = Quedarme
peer-left =
    Hecho. Ya no llega nada, y lo que guardaba de ti para esto ha desaparecido.
    Solo queda el nombre que diste, en la lista de quien te invitó.

peer-test =
    En un minuto llega algo, con el sonido de uno de verdad.
    Si quieres, bloquea ahora el teléfono y mira si lo notas.
    .button = Probar el sonido
peer-test-lock = PRUEBA. No ha pasado nada. Uno de verdad suena así.
    .heard = Lo oí
    .not = No lo oí
peer-test-heard =
    Bien. De noche suena así solo si el teléfono deja pasar este chat.
    Una prueba de noche lo diría, si nadie duerme a tu lado.
peer-test-not =
    Tres cosas que mirar, y luego otra vez.
    Este chat no está silenciado, y sus avisos tienen sonido.
    El teléfono no está en silencio, y No molestar deja pasar Telegram.
    El teléfono no duerme a Telegram para ahorrar batería.
peer-quiet = Horas de silencio
peer-hours = { $start } a { $end }
peer-quiet-ask =
    ¿A qué horas prefieres que nada te despierte? Según tu reloj.
    Pulsa, o escribe las dos horas: 21:30 a 6:45.
peer-quiet-odd =
    Necesito dos horas, desde y hasta. Por ejemplo: 21:30 a 6:45.
peer-quiet-none = Sin horas de silencio
peer-quiet-city = ¿Según qué reloj? Escribe la ciudad en la que estás o una cercana. Solo guardo su zona horaria.
peer-quiet-city-odd = Esa no la conozco. ¿Hay cerca una ciudad más grande?
peer-quiet-clock = ¿Qué hora marca tu reloj? Pulsa esa, o escribe otra ciudad.
peer-night = Si alguien pregunta por ti en esas horas, { $hours }, ¿qué hago?
    .wake = Puede despertarme
    .say = Preguntar a otra persona, y decir hasta cuándo duermo
    .rest = Preguntar a otra persona, y no decir nada
peer-quiet-now = Tus horas de silencio: { $hours }.
peer-quiet-does =
    .wake = Quien pregunte por ti entonces puede despertarte.
    .say = Entonces nada te despierta. Pregunto enseguida a otra persona.
    .rest = Entonces nada te despierta. Pregunto enseguida a otra persona.
peer-quiet-read = Quien pregunta lee: «{ $words }»
peer-quiet-change = Otras horas
peer-quiet-what = Qué pasa entonces
peer-most =
    ¿Cuántas veces se te puede preguntar, entre todo el mundo? Ahora: { $now }.
    Lo que pase de ahí va a otra persona. Solo leen que no puedo llegar a ti.
    Una nota sobre días de silencio también cuenta, y espera.
    .button = Cuántas veces, como mucho
    .most-1-1 = Una vez al día
    .most-2-1 = Dos veces al día
    .most-2-7 = Dos veces por semana
    .most-4-7 = Cuatro veces por semana
    .any = Las que hagan falta
