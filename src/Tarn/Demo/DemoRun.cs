using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Spectre.Console;
using Tarn.Clients;
using Tarn.Commands;
using Tarn.Hosting;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;

namespace Tarn.Demo;

/// <summary>
/// 1. a fresh data directory with the example project; 2. a server process; 3. scores until the time is up, with a
/// live summary;
/// 4. the reconciliation, whose one line is the last that is printed.
/// </summary>
internal static class DemoRun
{
    private const int Users = 50;
    private const int Seed = 20_26;
    private const string Stream = "scores";

    public static async Task<int> RunAsync(DemoOptions options, CancellationToken cancellation)
    {
        var time = TimeProvider.System;
        var directory = FreshDirectory(options.DataDirectory);
        var project = DemoProject.Prepare(directory, options.FlushSeconds);

        await using var server = new ServerProcess(directory, project);
        await server.StartAsync(FreePort(options.Port), FreePort(options.ConsolePort), cancellation);
        var key = CredentialsFile.Read(DataDirectory.CredentialsPath(directory))
            ?? throw new TarnException(ErrorKind.NotFound, $"the server wrote no credentials to {directory}");
        using var kinesis = new KinesisClient(server.Aws, key, new LakeIdentity().Region, time);
        using var console = new ConsoleClient(server.Console, key);
        var producer = new ScoreProducer(
            kinesis, Stream, options.RatePerSecond, new ScoreGenerator(Users, Seed, IdSource.System, time), time);

        await IntroduceAsync(options, server, console, directory, cancellation);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (options.Seconds > 0)
        {
            stop.CancelAfter(TimeSpan.FromSeconds(options.Seconds));
        }

        var producing = producer.RunAsync(stop.Token, CancellationToken.None);
        var working = Task.WhenAny(producing, server.Watching).Unwrap();
        await new LiveSummary(server, console, producer, time).ShowAsync(working);
        var result = await Reconciliation.RunAsync(
            console,
            producer,
            step => CommandRunner.Error.MarkupLineInterpolated($"[dim]{step}[/]"),
            CancellationToken.None);
        Conclude(result, server, directory);
        return result.Agrees ? 0 : CommandRunner.Failed;
    }

    private static async Task IntroduceAsync(
        DemoOptions options,
        ServerProcess server,
        ConsoleClient console,
        string directory,
        CancellationToken cancellation)
    {
        var ticket = await console.PostAsync("/api/tickets", new { next = "/dashboards/scores" }, cancellation);
        var url = ticket.GetProperty("url").GetString()!;
        CommandRunner.Error.MarkupLineInterpolated(
            $"[bold]Tarn demo[/]  server process {server.ProcessId}, ready in {server.ReadyMilliseconds} ms");
        CommandRunner.Error.WriteLine($"dashboard  {url}");
        CommandRunner.Error.WriteLine($"aws        {server.Aws}    eval \"$(tarn env --data {directory})\"");
        CommandRunner.Error.WriteLine($"data       {directory}");
        if (options.OpensBrowser)
        {
            OpenBrowser(url);
        }
    }

    private static void Conclude(Reconciliation result, ServerProcess server, string directory)
    {
        if (server.Restarts > 0)
        {
            CommandRunner.Error.MarkupLineInterpolated(
                $"[yellow]the server died {server.Restarts} times and was started again on the same data[/]");
        }

        CommandRunner.Error.MarkupLineInterpolated(
            $"[dim]the lake stays in {directory}: zcat its batches under objects/lake/raw, or tarn up --data it[/]");
        Terminal.WriteLine(
            $"acknowledged={result.Acknowledged} live={result.Live.Count} raw={result.Raw.Count} "
            + $"parquet={result.Parquet.Count} lost={result.Lost} duplicated={result.Duplicated} "
            + $"scanned_json={result.Raw.ScannedBytes} scanned_parquet={result.Parquet.ScannedBytes} "
            + $"ready_ms={server.ReadyMilliseconds}");
    }

    private static string FreshDirectory(string? wanted)
    {
        if (wanted is null)
        {
            return Directory.CreateTempSubdirectory("tarn-demo-").FullName;
        }

        var path = Path.GetFullPath(wanted);
        Directory.CreateDirectory(path);
        return Directory.EnumerateFileSystemEntries(path).Any()
            ? throw new TarnException(
                ErrorKind.AlreadyExists,
                $"{path} is not empty",
                hint: "the demo wants a directory of its own: name a new one")
            : path;
    }

    /// <summary>The wanted port, or a free one when somebody else listens there.</summary>
    private static int FreePort(int wanted)
    {
        using var probe = new TcpListener(IPAddress.Loopback, wanted);
        try
        {
            probe.Start();
            return wanted;
        }
        catch (SocketException)
        {
            CommandRunner.Error.MarkupLineInterpolated(
                $"[yellow]port {wanted} is taken, a free one is used instead[/]");
            return 0;
        }
    }

    private static void OpenBrowser(string url)
    {
        var opener = OperatingSystem.IsMacOS() ? "open" : "xdg-open";
        try
        {
            using var started = Process.Start(new ProcessStartInfo(opener, url)
            {
                RedirectStandardError = true, RedirectStandardOutput = true,
            });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            CommandRunner.Error.MarkupLine("[dim]no browser was found here: open the dashboard's address yourself[/]");
        }
    }
}
