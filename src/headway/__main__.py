from headway.cli.main import run

run()
