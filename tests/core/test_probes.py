"""The probes answer what monitoring expects."""


def test_healthz_says_ok(client):
    response = client.get("/healthz")

    assert (response.status_code, response.json) == (200, {"status": "ok"})


def test_readyz_checks_database_queue_and_bus(client):
    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json["checks"] == {"database": True, "queue": True, "bus": True}


def test_metrics_refuses_other_machines_without_the_token(client):
    response = client.get("/metrics", environ_base={"REMOTE_ADDR": "203.0.113.9"})

    assert response.status_code == 403


def test_an_id_no_row_can_have_is_no_address(client):
    response = client.get(f"/konferenzen/{2**31}/")

    assert response.status_code == 404
