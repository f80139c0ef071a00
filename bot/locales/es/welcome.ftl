language-name = Español

welcome-runs = Hola. Soy un programa, no una persona. Lo lleva { $operator }.
welcome-runs-nobody = Hola. Soy un programa, no una persona. Es una copia de prueba: nadie con nombre la lleva.
welcome-does = Cada día pregunto cómo te va, ayudo en momentos difíciles y aviso a quien elijas.
welcome-keeps = Para eso guardo lo que me cuentas, también de salud, cifrado.
welcome-reads = { $operator } y Telegram podrían leer este chat. Nadie más ve nada, salvo lo que elijas.
welcome-reads-nobody = Quien lo lleva, y Telegram, podrían leer este chat. Nadie más ve nada, salvo lo que elijas.
welcome-erase = Puedes borrarlo todo. Aquí no vigila nadie: si una vida corre peligro, llama al { $emergency }.
welcome-agree = Tengo 18 años o más y acepto
welcome-help = Necesito ayuda ya mismo
welcome-more = Leer más
welcome-minor = Tengo menos de 18
welcome-other = Vengo por otra persona
welcome-back = Volver
welcome-country = Números de mi país
welcome-about =
    Pregunto cómo te va, una vez al día, a tu hora local.
    Cuando se pone difícil pulsas un botón, y hay algo que hacer al momento.
    Guardo tus respuestas, la zona horaria y el país, y un nombre si quieres.
    Todo va cifrado. La ciudad en sí no se guarda.
    Acompaño y recuerdo. No trato, no diagnostico, no rescato.
    Revisados por profesionales de la salud: { $done } de { $all } textos míos.
welcome-young =
    Este programa es para mayores de edad y no guarda nada de ti.
    Hiciste bien en mirar. Hay gente para ti:
    Si hay peligro, o alguien te hace daño: llama al { $emergency }.
    Líneas para jóvenes: { $lines }
    En casa, en clase, en el médico: una persona adulta de confianza puede bastar.
    .do = Algo que hacer ahora
welcome-family =
    Ayudas si escuchas y mantienes la calma. No es culpa tuya.
    Di lo que ves, sin reproches. Pregunta: «¿Qué ayudaría ahora?»
    Ofrece algo pequeño: un paseo, una comida, ir a una consulta.
    No empujes a nadie a dejar de golpe el alcohol o las pastillas. Antes, una consulta médica.
    No despierta, respira lento, convulsiona, habla de morir: llama al { $emergency }.
    Líneas también para familias: { $lines }. Grupos: Al-Anon, Nar-Anon, SMART.
    No puedo decirte nada de otra persona.

remember = Esto funcionó sin cuenta. ¿Quieres que te recuerde?
remember-yes = Sí, recuérdame
remember-no = No, no guardes nada
remember-left = No se guarda nada. La ayuda está aquí cuando escribas.

welcome-skip = Saltar
welcome-next = Siguiente
welcome-rest = Haz el resto por mí
welcome-what = ¿De qué te recuperas? Toca lo que sea, y luego Siguiente.
    .button = Lo que cuento
    .kratom_leaf = Kratom en hoja
    .kratom_extract = Extracto o 7-OH
    .alcohol = Alcohol
    .opioids = Opioides
    .benzodiazepines = Benzodiacepinas
    .stimulants = Estimulantes
    .cannabis = Cannabis
    .nicotine = Nicotina
    .other = Otra cosa…
    .chosen = ✓ { $what }
welcome-own = ¿Qué es, con tus palabras? Se guardan selladas.
welcome-own-long = Pocas palabras, por favor: hasta 60 letras.
welcome-goal = ¿En qué punto vas?
    .stopped = Ya lo dejé
    .cutting = Reduciendo
    .not_yet = Aún no lo dejé
    .medicine = Con medicación para ello
welcome-since = ¿Desde cuándo?
    .today = Hoy
    .yesterday = Ayer
    .few = 2 o 3 días
    .earlier = Antes…
welcome-earlier = ¿Desde cuándo, más o menos? Escribe una fecha, o algo como «3 semanas».
welcome-earlier-unknown = No leo un día ahí. Escríbelo como 3 de marzo, o «3 semanas».
welcome-earlier-which = ¿Qué día quieres decir?
    .other = Otro día
since-day-phrases = día | días | d
since-week-phrases = semana | semanas | s
since-month-phrases = mes | meses
since-year-phrases = año | años
since-numbers = un, una, uno | dos | tres | cuatro | cinco | seis | siete | ocho | nueve | diez | once | doce
date-pattern = d 'de' MMMM 'de' y
day-pattern = EEEE d MMM
weekday-pattern = EEEE

danger-signs = Tengo señales así
danger-doctor = Un médico lo sabe
danger-well = Voy bien
danger-today = Lo que ayuda hoy
danger-see-doctor = Señales para ir al médico
danger-go-on = Seguir

welcome-hour = ¿Cuándo te pregunto cómo te va? Toca una hora, o escríbela.
welcome-name = ¿Cómo te llamo? Escribe el nombre que quieras.
welcome-name-long = Más corto, por favor: hasta 40 letras.

place-ask = ¿En qué ciudad vives, o cerca de cuál? Escríbela. Solo se guardan la zona horaria y el país.
place-unknown = Esa no la conozco. ¿Una ciudad más grande cerca? O una de estas:
place-share = Compartir ubicación
place-share-ask = Toca «{ $button }» abajo. Guardo la zona horaria y el país, nada más.
place-share-button = Enviar mi ubicación
place-share-back = Mejor escribo la ciudad
place-share-done = Gracias. Tus tres botones vuelven a estar abajo.
place-nowhere = No conozco ninguna ciudad cerca de ahí. Escribe una, o elige tu país.
place-country = Elegir país
place-country-which = ¿En qué país vives? También puedes escribir su nombre.
    .more = Más
    .earlier = Anteriores
place-clock-button = Mejor por mi reloj
place-clock = ¿Qué hora es ahí ahora? Escríbela como 18:42.
place-clock-unknown = No sé situar esa hora. Escríbela como 18:42 o 6:42 pm.
place-which = ¿Cuál?
place-time = { $time } · { $place }
place-other = Otra ciudad
place-confirm = Son las { $time } en { $place }. ¿Es así?
place-yes = Sí
place-no = No

travel-ask = ¿A qué ciudad viajas? Escribe su nombre.
travel-not-now = Ahora no
travel-until = Allí son las { $time }. ¿Hasta cuándo?
    .sunday = { $day }
    .pick = Elegir un día
    .good = Me quedo
travel-pick = ¿Hasta qué día, ese incluido?
travel-set = Ahora cuenta la hora de { $city }: { $time }. Hasta el { $day }. Números: { $country }.
travel-set-for-good = Desde ahora cuenta la hora de { $city }: { $time }. Números: { $country }.
travel-home = De vuelta. Para ti son las { $time }.
travel-standing = De viaje hasta el { $day }. Para ti son las { $time }.
    .home = Ya volví
    .city = Otra ciudad

card =
    Mi tarjeta
    Para cuando yo no conteste: sin red, o con el servidor caído.
card-numbers = { $emergency } peligro · { $crisis } alguien con quien hablar
card-link = { $emergency } peligro · alguien con quien hablar: { $link }
card-steps = 1 Aléjate de eso. 2 Inspira en 4, suelta en 6, diez veces. 3 Agua, algo pequeño de comer.

home = Todo listo.
home-named = Todo listo, { $name }.
home-no-time = Aún no sé tu hora local, así que no pregunto por mi cuenta. Envía /timezone y nombra tu ciudad.
home-more = Si hay algo más, antes lo ofrezco.
home-buttons = Abajo hay tres botones que se quedan. También vale con escribir «momento difícil».
home-people = Mi gente
home-next = Lo que viene
home-settings = Ajustes
home-phrases = menú | inicio | empezar

lost = No entendí eso. ¿Una de estas?
    .menu = Menú
lost-now = ¿Es esto lo de ahora?
    .yes = Sí, ahora
