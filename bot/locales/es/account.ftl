account-language = Español
account-back = Volver

settings-noname = sin nombre
settings-place = hora de { $city }, { $time }
settings-name = Nombre
settings-language = Idioma
settings-city = Ciudad
settings-privacy = Privacidad
settings-discreet =
    .on = discreto
    .off = sin discreción
settings-scale =
    .numbers = Las ganas: en números
    .words = Las ganas: en palabras
settings-reader =
    .on = Para lector de pantalla: sí
    .off = Para lector de pantalla: no
settings-name-ask = ¿Cómo te llamo? Escribe el nombre que quieras.
settings-name-long = Uno corto, por favor: hasta 40 letras.
settings-name-none = Sin nombre
settings-language-ask = ¿En qué idioma hablamos?
settings-language-set = Seguimos en español. Los botones de abajo también han cambiado.
settings-phrases = ajustes | mis ajustes | configuración | idioma
command-settings = Nombre, idioma, horas, privacidad

privacy-discreet =
    .on = Discreto: sí
    .off = Discreto: no
privacy-discreet-said =
    .on = Discreto: lo que llega por sí solo no dice nada en una pantalla bloqueada.
    .off = Sin discreción: lo que llega por sí solo puede decir de qué se trata.
privacy-tidy =
    .on = Limpiar por sí solo: tras un día
    .off = Limpiar por sí solo: nunca
privacy-tidy-said =
    .on = Un día después borro lo personal de este chat, lo tuyo y lo mío.
    .off = Este chat se queda como está hasta que lo limpies.
privacy-consent = Puedes retirar tu permiso cuando quieras: es «Borrar todo». Sin él no puedo hacer nada.
privacy-now = Limpiar ahora
privacy-who = Quién ve qué
privacy-data = Mis datos
privacy-move = Pasar a otra cuenta
privacy-erase = Borrar todo
privacy-people = Mi gente, y qué recibe cada quien
privacy-stop = Dejar de compartir todo
privacy-who-others = Nadie más ve nada, salvo lo que envías a tu gente.
privacy-who-runs = De mí se encarga { $operator }. Con la clave de su servidor podría leer lo que guardo, y este chat.
privacy-who-nobody = Quien tenga en marcha esta copia podría leer lo que guardo, y este chat.
privacy-who-telegram = Telegram lleva este chat y podría leerlo. No está cifrado de extremo a extremo.

tidy-done =
    Borro de aquí lo personal de los últimos dos días, lo tuyo y lo mío.
    Lo mío más antiguo, hasta un mes atrás, queda en blanco.
    Lo tuyo más antiguo solo puedes borrarlo tú: menú del chat, Vaciar historial.
tidy-blank = Borrado.
tidy-card-stays = Mi tarjeta se queda.
tidy-card = Quitar también la tarjeta
tidy-card-done = La tarjeta también se va.
tidy-phrases = ocultar | limpiar | limpiar ahora | limpiar chat
command-hide = Limpiar este chat ahora

data-offer =
    Tres archivos con todo lo que guardo de ti: una página para leer, una tabla y uno para otros programas.
    Se quedan en este chat y en tu teléfono hasta que los borres. Quien los abra podrá leerlos.
data-get = Envíamelos
data-sent = Eso es todo. Puedes limpiar este chat cuando los tengas a salvo.
data-page = Una página para leer. Se abre sin conexión.
data-table = Una tabla.
data-json = Para otros programas.
data-page-title = Todo lo que se guarda
data-page-made = Fecha: { $day }. Las horas van según el reloj de { $city }.
data-page-utc = Fecha: { $day }. Las horas están en UTC, el reloj común del mundo.
data-yes = sí
data-no = no
data-skipped = saltado
data-scale =
    .numbers = en números
    .words = en palabras
data-purpose =
    .service = guardar lo que me cuentas, para preguntar y ayudar
    .peer = estar ahí para alguien que te lo pide
data-kind =
    .card = tu tarjeta
    .checkin = pregunta del día
    .checkin_nudge = recordatorio suave
    .checkin_quiet = nota tras días de silencio
    .company = un reloj que sigue
    .leaving = aviso antes de borrar
    .still_here = la pregunta tras diez minutos
    .plan_fresh = si un plan sigue igual
    .plan_people = a quién puedes llamar
    .unused = nota tras mucho silencio
    .alert_status = cómo va tu pregunta a tu gente
    .alert_answer = respuesta de alguien de tu gente
    .alert_none = nadie ha contestado
    .people_accepted = alguien aceptó
    .people_review = si todo sigue estando bien
data-standing =
    .health = lista de salud
    .refused = fuera, como dijiste
    .told = repasada
data-outcome =
    .waiting = aún no toca
    .sending = de camino
    .sent = enviado
    .expired = ya tarde, no se envió
    .unwanted = ya no hacía falta
    .unreachable = no pude llegar a ti
    .unknown = quizá enviado
    .refused = no se pudo enviar
    .held_back = se quedó fuera: el día estaba lleno
    .told = dicho en una línea con otra nota

data-people = Tú
    .created_at = primera vez aquí
    .language = idioma
    .zone = zona horaria
    .country = país
    .name = nombre
    .unreachable_since = sin poder llegar a ti desde
    .heard_at = última vez que escribiste
    .paused_at = en pausa hasta que escribas, desde
    .paused_until = en pausa hasta
    .quiet_from = silencio desde
    .quiet_to = silencio hasta
    .goal = en qué punto estás
    .since = sin consumir desde
    .discreet = discreto
    .reader = para lector de pantalla
    .scale = palabras o números
    .tidy_hours = limpiar tras horas
data-addresses = Dónde te encuentro
    .address = dirección
data-consents = A qué diste permiso
    .purpose = para qué
    .version = versión del texto
    .given_at = permiso dado el
    .withdrawn_at = permiso retirado el
data-substances = De qué te estás recuperando
    .name = qué
    .own = con tus palabras
data-checkins = ¿Cómo voy?
    .day = día
    .mood = ánimo
    .pull = ganas
    .used = consumo
    .answered_at = respuesta
    .slot = cuál del día
    .planned = el día fue como planeabas
    .which = cuál
    .halt = hambre, enfado, soledad o cansancio
    .plan = pequeño plan
data-symptoms = Cómo te sentiste
    .day = día
    .felt = síntomas
    .words = con tus palabras
data-schedules = Cuándo pregunto
    .at = a las
    .until = hasta
data-slips = Tropiezos
    .told_at = contado
    .day = día
    .since = tu fecha en ese momento
    .happened = cuándo
    .which = cuál
    .own = cuál, con tus palabras
    .place = dónde
    .where = dónde, con tus palabras
    .trigger = qué hubo antes
    .cause = qué hubo antes, con tus palabras
    .thought = el pensamiento
    .note_day = en la nota del
    .in_words = con tus palabras
    .ended_at = apuntado
data-plans = Planes pequeños
    .name = plan
    .words = con tus palabras
    .offered = veces que lo ofrecí
    .taken = veces que lo elegiste
data-rhythms = Cómo pregunto
    .weekdays = días de la semana
    .every = cada cuántos días
    .ask_used = pregunto por el consumo
    .silent = días sin escribir
data-travels = De viaje
    .zone = zona horaria de casa
    .country = país de casa
    .until = hasta
data-hard_moments = Momentos difíciles
    .opened_at = empezó
    .ended_at = pasó
    .trigger = qué lo provocó
data-hard_tries = Lo que se propuso en ellos
    .strategy = qué
    .started_at = diez minutos empezados
    .ended_at = terminó
    .pull_before = ganas antes
    .pull_after = ganas después
    .helped = ayudó, según dijiste
    .eased = puntos que bajaron
data-hard_standing = Lo que se te puede proponer
    .kind = sobre
    .name = qué
data-outbox = Lo que prometí enviar
    .kind = qué
    .due_at = para cuándo
    .outcome = qué pasó
    .settled_at = cuándo
data-leaving = Todo se va a borrar
    .erase_at = el

erase-ask =
    Esto es para siempre: se va todo lo que me contaste, y su clave. Nadie se entera.
    Queda la copia de este chat en Telegram hasta que la vacíes, y lo que tú guardaste o enviaste.
    { $backups }
erase-backups = Las copias de seguridad lo tienen sellado hasta el { $day }, y en minutos ya sin su clave.
erase-backups-theirs = Las copias de quien lleva esto pueden tenerlo sellado, hasta que las borre.
erase-data = Envíame antes mis datos
erase-now = Borrar ahora
erase-tomorrow = Borrar mañana, puedo cambiar de idea
erase-pause = Mejor una pausa
erase-keep = Conservarlo
erase-set = Todo se borrará el { $when }. Hasta entonces puedes conservarlo.
erase-kept = Todo se queda como está.
erase-reminder = Algo que dejaste previsto ocurre en unas horas. Ábrelo si quieres cambiarlo.
    .open = Abrir
erase-restored = He vuelto a un día anterior. Algo que dejaste previsto no va a ocurrir por ahora. Ábrelo para decidir de nuevo.
erase-receipt =
    Hecho. Todo lo que se guardaba para ti aquí ya no está, ni su clave.
    Queda la copia de este chat en Telegram. Para quitarla: menú del chat, Vaciar historial.
    { $backups }
    Lo que escribas desde ahora empieza de cero.
erase-phrases = borrar todo | bórralo todo | borra mis datos | olvídame

stop-ask = ¿Una pausa, o borrar todo? La pausa lo conserva todo y detiene mis mensajes.
stop-go-on = Seguir como antes
stop-phrases = parar | para | basta | darme de baja

unused-note = Este chat lleva mucho tiempo en silencio. Lo que guarda se borra el { $day }. Un toque lo conserva.
unused-keep = Conservarlo
unused-kept = Se conserva.

move-how =
    Para pasar a otra cuenta, crea un código aquí. Sirve una vez, durante 15 minutos.
    Ábreme en la otra cuenta y envía /move con el código detrás.
    Todo se va allí. Este chat queda vacío para mí: su historial solo puedes vaciarlo tú.
move-make = Crear un código
move-code = { $code }. En tu otra cuenta envía: /move { $code }. Sirve una vez, durante 15 minutos.
move-type = Escribe el código que te mostré en tu otra cuenta.
move-unknown = No conozco ese código. Sirve una vez, durante 15 minutos. Crea otro en tu otra cuenta con /move.
move-not-empty =
    Para traer aquí tu otra cuenta, esta tiene que estar vacía, y tiene notas propias.
    Para llevarte estas notas, envía solo /move.
    Para dejarlas ir, envía /forget.
move-done = Ya estás aquí, con todo. El otro chat ya no sabe nada de ti.
move-left = Este chat se ha trasladado y aquí queda cerrado. Si no fuiste tú, pregunta a quien se encarga de esto.

door =
    Este lugar es de un grupo, y se entra con un código suyo. ¿Lo tienes? Escríbelo aquí.
    La ayuda está abierta para todo el mundo.
door-wrong = Ese código no abre. Puede estar gastado o ser viejo. Pide otro, o escríbelo una vez más.
door-contact = Para preguntar: { $contact }

about-what = Soy un programa que pregunta cada día cómo vas y ayuda en momentos difíciles. Apoyo y recuerdo. No trato ni diagnostico.
about-runs = De mí se encarga { $operator }.
about-nobody = Esta es una copia de prueba, sin nadie con nombre a cargo.
about-contact = Para escribirles: { $contact }
about-clinician = Revisados por profesionales de la salud: { $done } de { $all } textos míos.
about-cities = Ciudades: GeoNames, geonames.org, con licencia CC BY 4.0, lista abreviada.
about-version = Versión { $version }
about-guide = Lo que puedo hacer. También puedes escribir sin más, por ejemplo: momento difícil.
about-menu = Menú
about-unreadable =
    Gracias. Solo puedo leer palabras, y solo si son nuevas: ni fotos, ni stickers, ni voz, ni correcciones.
    Escríbemelo, o toca un botón.
about-cancelled = De acuerdo. Ya no espero ninguna respuesta.
command-help = Lo que puedo hacer
data-alert =
    .draft = sin enviar
    .held = a punto de salir
    .asking = en marcha
    .answered = alguien está ahí
    .told = nadie ha contestado
    .closed = terminado
    .well = todo está bien
    .mistake = sin querer
    .quietly = por sí solo
data-scope =
    .alert = lo que envías tú
    .all_clear = que ya pasó
data-peers = Mi gente
    .name = nombre
    .accepted_at = aceptó
    .confirmed_at = confirmado
    .muted_until = no recibe nada hasta
    .last_sent_at = último envío
    .removed_at = fuera desde
data-sharing = Cómo preguntas a tu gente
    .helps = lo que te ayuda
    .wait = minutos hasta la siguiente persona
    .take_back = segundos para echarte atrás
data-grants = Qué recibe tu gente
    .scope = qué
    .version = versión del texto
    .given_at = desde
    .until = hasta
    .revoked_at = retirado
data-peer_invites = Invitaciones
    .until = abierta hasta
    .answered_at = contestada
data-alerts = Cuándo preguntaste a tu gente
    .state = cómo está
    .only = solo a una persona
    .made_at = escrito
    .sent_at = enviado
    .ended_at = terminó
    .ended = cómo terminó
data-asks = A quién se preguntó
    .asked_at = preguntado
    .passed_at = entregado
    .failed = no se pudo llegar
    .answer = respuesta
    .answered_at = contestó
data-talks = Charlas
    .began_at = empezó
data-talk_lines = Líneas de camino a ti
    .line = palabras
