using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tarn.Aws;
using Tarn.Configuration;
using Tarn.Console;
using Tarn.Primitives.Errors;
using Tarn.Projects.Apply;
using Tarn.Projects.Lake;
using Tarn.Telemetry;

namespace Tarn.Hosting;

/// <summary>
/// The whole server. Start: 1. own the data directory, 2. engines, 3. the lake project, 4. the doors (AWS,
/// console). Stop is the other way round: the doors drain first, so no engine loses a caller.
/// </summary>
internal sealed class TarnServer
{
    private readonly DataDirectory directory;
    private readonly IHost engines;
    private readonly AwsServer aws;
    private readonly ConsoleServer console;

    private TarnServer(DataDirectory directory, IHost engines, AwsServer aws, ConsoleServer console)
    {
        this.directory = directory;
        this.engines = engines;
        this.aws = aws;
        this.console = console;
    }

    /// <summary>The one line that <c>tarn up</c> prints.</summary>
    public string ReadyLine { get; private init; } = "";

    /// <exception cref="TarnException">When the directory, a port or the project does not allow it.</exception>
    public static async Task<TarnServer> StartAsync(TarnOptions options, CancellationToken cancellation)
    {
        var directory = DataDirectory.Open(options.DataDirectory);
        var key = directory.RootKey(options.RootAccessKeyId, options.RootSecretAccessKey);
        var engines = Engines.Build(options, key);
        await engines.StartAsync(cancellation);
        if (options.ProjectDirectory is { } project)
        {
            await engines.Services.GetRequiredService<ILakeProjects>()
                .ApplyAsync(LakeProjectReader.Read(project), cancellation);
        }

        var aws = await StartAwsAsync(options, engines, cancellation);
        var console = await ConsoleServer.StartAsync(
            engines.Services,
            new ConsoleServerOptions
            {
                Host = options.Listen.ToString(),
                Port = options.ConsolePort,
                MapMetrics = endpoints => MetricsExport.Map(endpoints, engines.Services),
            },
            cancellation);
        directory.Announce(aws.Address, console.Address);
        return new TarnServer(directory, engines, aws, console)
        {
            ReadyLine = $"tarn ready in {SinceProcessStart()} ms: aws {Shown(aws.Address)} "
                + $"console {Shown(console.Address)} data {options.DataDirectory}",
        };
    }

    /// <summary>
    /// Drains and stops; what has not ended after <paramref name="timeMax"/> is left to the next start's recovery.
    /// </summary>
    public async Task StopAsync(TimeSpan timeMax)
    {
        using var limit = new CancellationTokenSource(timeMax);
        await Task.WhenAll(aws.StopAsync(limit.Token), console.StopAsync(limit.Token));
        await engines.StopAsync(limit.Token);
        await aws.DisposeAsync();
        await console.DisposeAsync();
        engines.Dispose();
        directory.Dispose();
    }

    private static async Task<AwsServer> StartAwsAsync(
        TarnOptions options, IHost engines, CancellationToken cancellation)
    {
        try
        {
            return await AwsServer.StartAsync(
                engines.Services,
                new AwsServerOptions
                {
                    Address = options.Listen,
                    Port = options.Port,
                    S3Hosts = options.S3Hosts,
                    Reset = options.Ephemeral ? new LakeReset(engines.Services).RunAsync : null,
                },
                cancellation);
        }
        catch (IOException error)
        {
            throw new TarnException(
                ErrorKind.Unavailable,
                $"the AWS APIs cannot listen on {options.Listen}:{options.Port}",
                error.Message,
                "choose another port with --port",
                error);
        }
    }

    private static long SinceProcessStart()
    {
        using var process = Process.GetCurrentProcess();
        return (long)(TimeProvider.System.GetLocalNow().DateTime - process.StartTime).TotalMilliseconds;
    }

    private static string Shown(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
