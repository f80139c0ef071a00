outage-works = Ahora no puedo guardar nada. Esto funciona igual.
outage-unsaved = Ahora no puedo guardar nada. Envíalo otra vez más tarde. La ayuda funciona.
outage-aside = Algo falló de mi lado y no pude terminar. Inténtalo una vez más, por favor.
outage-crowded = Fue mucho de golpe. Envíame otra vez lo último, por favor.
outage-media = La imagen o el audio que va aquí no llegó esta vez.
