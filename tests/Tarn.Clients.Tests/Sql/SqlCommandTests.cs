using System.Diagnostics;
using Tarn.Clients.Tests.Servers;

namespace Tarn.Clients.Tests.Sql;

/// <summary><c>tarn sql</c>, the real executable: at a terminal, and in scripts.</summary>
public sealed class SqlCommandTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Boto3 = "/usr/lib/python3/dist-packages/boto3/__init__.py";

    [ClientFact(Boto3)]
    public async Task Shell_AtATerminal_EditsCompletesRemembersAndCancels()
    {
        var start = new ProcessStartInfo(
            "/usr/bin/python3", [Path.Combine(TarnExecutable.Root, "tests", "clients-python", "sql_shell.py")]);
        fixture.Server.Describe(start);
        start.Environment["TARN"] = TarnExecutable.Path;
        start.Environment["DATA"] = fixture.Server.DataDirectory;

        var output = (await ClientOutput.OfAsync(start)).MustSucceed();

        Assert.Equal("tarn sql at a terminal ok", output.Trim());
    }

    [Fact]
    public async Task Command_SeveralStatements_PrintsTheRowsOfEach()
    {
        var output = await SqlAsync(
            "--output", "csv", "-c", "SELECT 1 AS a, NULL AS b; SELECT ';' AS c", "-c", "VALUES '\"'");

        Assert.Equal("\"a\",\"b\"\n\"1\",\n\"c\"\n\";\"\n\"_col0\"\n\"\"\"\"\n", output.MustSucceed());
        Assert.Equal(3, output.Error.Split("1 row, scanned 0 B").Length - 1);
        Assert.DoesNotContain("running", output.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_StatementThatFails_EndsWith1BeforeTheNext()
    {
        var output = await SqlAsync("--output", "csv", "-c", "SELECT 1 AS a; SELECT nothing FROM raw.scores; SELECT 2");

        Assert.Equal((1, "\"a\"\n\"1\"\n"), (output.ExitCode, output.Output));
        Assert.Contains(
            "error: COLUMN_NOT_FOUND: line 1:8: Column 'nothing' cannot be resolved", output.Error,
            StringComparison.Ordinal);
        Assert.Contains("  SELECT nothing FROM raw.scores\n         ^", output.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_WritesAndRows_PrintsRowsOnlyAndToldCounts()
    {
        var file = Path.Combine(fixture.Server.DataDirectory, "..", "statements.sql");
        await File.WriteAllTextAsync(file, """
            -- a comment; with a semicolon
            CREATE TABLE of_file AS SELECT 1 AS a, CAST('x' AS varchar) AS b;
            INSERT INTO of_file VALUES (2, NULL), (3, '');
            SELECT * FROM of_file ORDER BY a;
            DROP TABLE of_file
            """);

        var output = await SqlAsync("--output", "json", "-f", file);

        Assert.Equal(
            "{\"a\":1,\"b\":\"x\"}\n{\"a\":2,\"b\":null}\n{\"a\":3,\"b\":\"\"}\n", output.MustSucceed());
        Assert.Contains("1 row written,", output.Error, StringComparison.Ordinal);
        Assert.Contains("2 rows written,", output.Error, StringComparison.Ordinal);
        Assert.Contains("done, in ", output.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parquet_ToAFile_HasTypesAndNulls()
    {
        var file = Path.Combine(fixture.Server.DataDirectory, "..", "a.parquet");

        (await SqlAsync(
            "--output", "parquet", "-o", file, "-c",
            "SELECT n, CAST(n AS decimal(5, 2)) AS d, IF(n = 2, NULL, '') AS t FROM UNNEST(sequence(1, 3)) AS x (n)"))
            .MustSucceed();
        (await TarnExecutable.RunAsync(
            "s3", "cp", "--data", fixture.Server.DataDirectory, file, "s3://lake/of-shell/a.parquet")).MustSucceed();
        var read = await SqlAsync(
            "--output", "csv", "-c",
            "CREATE EXTERNAL TABLE of_shell (n bigint, d decimal(5,2), t string) STORED AS PARQUET "
            + "LOCATION 's3://lake/of-shell/'; SELECT * FROM of_shell ORDER BY n; DROP TABLE of_shell");

        Assert.Equal(
            "\"n\",\"d\",\"t\"\n\"1\",\"1.00\",\"\"\n\"2\",\"2.00\",\n\"3\",\"3.00\",\"\"\n", read.MustSucceed());
    }

    [Fact]
    public async Task Input_FromAPipe_IsRunToItsEnd()
    {
        var start = TarnExecutable.Command("sql", "--data", fixture.Server.DataDirectory, "--output", "csv");
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync("\\c raw\nSELECT count(*) >= 0 AS ok\nFROM scores;\nSELECT 2 AS two");
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal((0, "\"ok\"\n\"true\"\n\"two\"\n\"2\"\n"), (process.ExitCode, output));
        Assert.Contains("database is raw", await errors, StringComparison.Ordinal);
    }

    private Task<ClientOutput> SqlAsync(params string[] arguments) =>
        TarnExecutable.RunAsync(["sql", "--data", fixture.Server.DataDirectory, .. arguments]);
}
