"""From a record to rows: what `services.store` is made of. Record handlers of higher rooms may use `rows` alone."""
