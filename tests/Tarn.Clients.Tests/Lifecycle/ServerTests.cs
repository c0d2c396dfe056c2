using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Tarn.Clients.Tests.Servers;

namespace Tarn.Clients.Tests.Lifecycle;

/// <summary>Starting, stopping and refusing, as a user meets them.</summary>
public sealed class ServerTests : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("tarn-server-test-");

    private string Data => Path.Combine(directory.FullName, "data");

    public void Dispose() => directory.Delete(recursive: true);

    [Fact]
    public async Task Up_OnANewDirectory_WritesAPrivateKeyAndIsHealthyOnBothPorts()
    {
        await using var server = await TarnServerProcess.StartAsync("--data", Data);
        using var http = new HttpClient();

        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Data, "credentials")));
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri(server.Aws, "/health"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri(server.Console, "/health"))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await http.GetAsync(server.Aws)).StatusCode);
        Assert.Equal(
            HttpStatusCode.Unauthorized, (await http.GetAsync(new Uri(server.Console, "/api/streams"))).StatusCode);
    }

    [Fact]
    public async Task Up_ASecondTimeOnTheSameDirectory_IsRefusedWithTheFirstsProcessId()
    {
        await using var first = await TarnServerProcess.StartAsync("--data", Data);
        var second = await TarnExecutable.RunAsync("up", "--data", Data, "--port", "0", "--console-port", "0");

        Assert.Equal(1, second.ExitCode);
        Assert.Contains($"process {first.ProcessId}", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Up_AfterTermination_KeepsKeyAndDefinitions()
    {
        var project = Path.Combine(TarnExecutable.Root, "examples", "game-scores");
        var first = await TarnServerProcess.StartAsync("--data", Data, "--project", project);
        var key = first.AccessKeyId;
        Assert.Equal(0, await first.TerminateAsync());
        await first.DisposeAsync();

        await using var second = await TarnServerProcess.StartAsync("--data", Data);
        var tables = await TarnExecutable.RunAsync(
            "sql", "--data", Data, "--format", "csv", "SELECT count(*) FROM games_per_user");
        Assert.Equal(key, second.AccessKeyId);
        Assert.Equal("\"0\"", tables.MustSucceed().Trim().Split('\n')[^1]);
    }

    [Fact]
    public async Task Up_Ephemeral_RemovesItsDirectoryAndOffersReset()
    {
        var server = await TarnServerProcess.StartAsync("--ephemeral");
        using var http = new HttpClient();
        var unsigned = await http.PostAsync(new Uri(server.Aws, "/_tarn/reset"), null);
        Assert.True(Directory.Exists(server.DataDirectory));
        Assert.Equal(HttpStatusCode.Forbidden, unsigned.StatusCode);

        Assert.Equal(0, await server.TerminateAsync());
        Assert.False(Directory.Exists(server.DataDirectory));
        await server.DisposeAsync();
    }

    [ClientFact("/usr/lib/python3/dist-packages/boto3/__init__.py")]
    public async Task Reset_OfAnEphemeralServer_EmptiesTheLakeAndGoesOn()
    {
        var project = Path.Combine(TarnExecutable.Root, "examples", "game-scores");
        await using var server = await TarnServerProcess.StartAsync("--ephemeral", "--project", project);
        var script = Path.Combine(TarnExecutable.Root, "tests", "clients-python", "reset.py");
        var start = new ProcessStartInfo("/usr/bin/python3", [script]);
        server.Describe(start);

        Assert.Equal("reset ok", (await ClientOutput.OfAsync(start)).MustSucceed().Trim());
        Assert.Equal(0, await server.TerminateAsync());
    }

    [Fact]
    public async Task Up_WithAMistakeInTheProject_NamesFileLineAndNearestKey()
    {
        var project = Directory.CreateDirectory(Path.Combine(directory.FullName, "project"));
        await File.WriteAllTextAsync(
            Path.Combine(project.FullName, "lake.yaml"),
                "streams:\n  scores:\n    shads: 2\n  other:\n    shards: many\n");
        var output = await TarnExecutable.RunAsync(
            "up", "--data", Data, "--project", project.FullName, "--port", "0", "--console-port", "0");

        Assert.Equal(1, output.ExitCode);
        Assert.Contains("lake.yaml:3:5", output.Error, StringComparison.Ordinal);
        Assert.Contains("did you mean 'shards'?", output.Error, StringComparison.Ordinal);
        Assert.Contains("lake.yaml:5:13", output.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PutAndSql_OnTheFlightsProject_CountEveryFlight()
    {
        var example = Path.Combine(TarnExecutable.Root, "examples", "flights");
        await using var server = await TarnServerProcess.StartAsync("--data", Data, "--project", example);
        var put = await TarnExecutable.RunAsync(
            "put", "--data", Data, "--stream", "flights", Path.Combine(example, "data", "flights-10k.jsonl.gz"));
        (await TarnExecutable.RunAsync("delivery", "flush", "flights", "--data", Data)).MustSucceed();
        (await TarnExecutable.RunAsync("job", "run", "curate_flights", "--data", Data)).MustSucceed();
        var late = await TarnExecutable.RunAsync(
            "sql", "--data", Data, "--format", "json",
            "SELECT count(*) AS flights, count_if(delay > 15) AS late, count(DISTINCT origin) AS airports "
                + "FROM curated.flights");

        Assert.Equal("acknowledged=10000", put.MustSucceed().Trim());
        using var row = JsonDocument.Parse(late.MustSucceed());
        Assert.Equal(10_000, row.RootElement.GetProperty("flights").GetInt32());
        Assert.Equal(2194, row.RootElement.GetProperty("late").GetInt32());
        Assert.Equal(201, row.RootElement.GetProperty("airports").GetInt32());
    }

    [Fact]
    public async Task Put_OfALineThatIsNotJson_StopsAndSaysWhatIsIn()
    {
        var example = Path.Combine(TarnExecutable.Root, "examples", "flights");
        await using var server = await TarnServerProcess.StartAsync("--data", Data, "--project", example);
        var file = Path.Combine(directory.FullName, "bad.jsonl");
        await File.WriteAllTextAsync(file, "{\"delay\":1}\nnot json\n");
        var put = await TarnExecutable.RunAsync("put", "--data", Data, "--stream", "flights", file);
        var missing = await TarnExecutable.RunAsync("put", "--data", Data, "--stream", "none", "--skip", "1", file);

        Assert.Equal(1, put.ExitCode);
        Assert.Contains("bad.jsonl:2", put.Error, StringComparison.Ordinal);
        Assert.Equal(1, missing.ExitCode);
    }
}
