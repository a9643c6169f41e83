def test_the_site_is_alive(visit):
    assert visit().get("/healthz").json == {"status": "ok"}
