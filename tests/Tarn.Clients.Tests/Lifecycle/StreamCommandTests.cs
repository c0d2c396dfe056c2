using System.Diagnostics;
using Tarn.Clients.Tests.Servers;

namespace Tarn.Clients.Tests.Lifecycle;

/// <summary><c>tarn stream</c> against a real server.</summary>
public sealed class StreamCommandTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task CreateSetSplitRemove_OfAStream_AreShownAsDone()
    {
        var made = await RunAsync("create", "cli", "--durability", "os", "--tag", "team=games");
        var set = await RunAsync("set", "cli", "--shards", "2", "--limits", "aws", "--error-rate", "0.5");
        var split = await RunAsync("split", "cli", "shardId-000000000001");
        var listed = await RunAsync("ls");
        var removed = await RunAsync("rm", "cli");
        var shown = await RunAsync("show", "cli");

        Assert.Contains("power failure", made.MustSucceed(), StringComparison.Ordinal);
        Assert.Contains("team = games", made.Output, StringComparison.Ordinal);
        Assert.Contains("50 % fail", set.MustSucceed(), StringComparison.Ordinal);
        Assert.Contains("split of shardId-000000000001", split.MustSucceed(), StringComparison.Ordinal);
        var row = listed.MustSucceed().Split('\n').Single(line => line.Contains(" cli ", StringComparison.Ordinal));
        Assert.Equal(
            ["cli", "3", "provisioned", "24 h", "os", "aws", "50 % fail", "0"],
            row.Split('│', StringSplitOptions.TrimEntries)[1..9]);
        Assert.Contains("scores", listed.Output, StringComparison.Ordinal);
        Assert.Equal("deleted cli", removed.MustSucceed().Trim());
        Assert.Equal(1, shown.ExitCode);
        Assert.Contains("stream 'cli' does not exist", shown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tail_FromTheBeginningToALimit_PrintsRecordsAndEnds()
    {
        (await RunAsync("create", "tailed")).MustSucceed();
        await PutAsync("tailed", """{"n":1}""", """{"n":2}""", """{"n":3}""");
        var lines = (await RunAsync("tail", "tailed", "--from", "beginning", "--limit", "2")).MustSucceed();
        var raw = (await RunAsync("tail", "tailed", "--from", "10m", "--limit", "3", "--raw")).MustSucceed();

        Assert.Equal(["""{"n": 1}""", """{"n": 2}"""], lines.TrimEnd().Split('\n').Select(line => line[^8..]));
        Assert.Equal("{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n", raw);
    }

    [Fact]
    public async Task Tail_WhileRecordsArrive_PrintsThemAndEndsCleanlyAtControlC()
    {
        (await RunAsync("create", "live")).MustSucceed();
        await PutAsync("live", """{"n":0}""");
        var start = TarnExecutable.Command(
            "stream", "tail", "live", "--from", "beginning", "--raw", "--data", fixture.Server.DataDirectory);
        // A suite that was started in the background ignores the signal, and so would what it starts.
        start.ArgumentList.Insert(0, "--default-signal=INT");
        start.ArgumentList.Insert(1, start.FileName);
        start.FileName = "env";
        using var tail = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        Assert.Equal("""{"n":0}""", await tail.StandardOutput.ReadLineAsync(limit.Token));
        (await RunAsync("set", "live", "--shards", "2")).MustSucceed();
        await PutAsync("live", """{"n":1}""");
        Assert.Equal("""{"n":1}""", await tail.StandardOutput.ReadLineAsync(limit.Token));

        using var interrupt = Process.Start("kill", ["-INT", $"{tail.Id}"]);
        await tail.WaitForExitAsync(limit.Token);
        Assert.Equal(0, tail.ExitCode);
        Assert.Equal("", await tail.StandardError.ReadToEndAsync(limit.Token));
    }

    [Fact]
    public async Task Mistakes_OnTheCommandLine_AreToldWithAHint()
    {
        var nothing = await RunAsync("set", "scores");
        var near = await RunAsync("tail", "scors");
        var when = await RunAsync("tail", "scores", "--from", "yesterday");
        var rate = await RunAsync("set", "scores", "--error-rate", "5");

        Assert.All([nothing, near, when, rate], output => Assert.Equal(1, output.ExitCode));
        Assert.Contains("--retention-hours 48", nothing.Error, StringComparison.Ordinal);
        Assert.Contains("did you mean 'scores'?", near.Error, StringComparison.Ordinal);
        Assert.Contains("10m", when.Error, StringComparison.Ordinal);
        Assert.Contains("from 0 to 1", rate.Error, StringComparison.Ordinal);
    }

    private Task<ClientOutput> RunAsync(params string[] arguments) =>
        TarnExecutable.RunAsync(["stream", .. arguments, "--data", fixture.Server.DataDirectory]);

    private async Task PutAsync(string stream, params string[] lines)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllLinesAsync(file, lines);
        var put = await TarnExecutable.RunAsync(
            "put", "--data", fixture.Server.DataDirectory, "--stream", stream, file);
        File.Delete(file);
        put.MustSucceed();
    }
}
