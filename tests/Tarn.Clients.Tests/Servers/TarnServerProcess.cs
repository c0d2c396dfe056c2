using System.Diagnostics;
using System.Text.RegularExpressions;
using Amazon.Runtime;
using Amazon.S3;

namespace Tarn.Clients.Tests.Servers;

/// <summary>
/// A real <c>tarn up</c> on free ports. Disposing stops it; its data directory stays until the owner removes it.
/// </summary>
internal sealed partial class TarnServerProcess : IAsyncDisposable
{
    private readonly Process process;

    private TarnServerProcess(Process process, Match ready)
    {
        this.process = process;
        Aws = new Uri(ready.Groups["aws"].Value);
        Console = new Uri(ready.Groups["console"].Value);
        DataDirectory = ready.Groups["data"].Value.Trim();
        ReadyMilliseconds = int.Parse(ready.Groups["ms"].Value, System.Globalization.CultureInfo.InvariantCulture);
    }

    public Uri Aws { get; }

    public Uri Console { get; }

    public string DataDirectory { get; }

    public int ReadyMilliseconds { get; }

    public int ProcessId => process.Id;

    public string AccessKeyId => Credential("aws_access_key_id");

    public string Secret => Credential("aws_secret_access_key");

    public static async Task<TarnServerProcess> StartAsync(params IEnumerable<string> arguments)
    {
        var process = Process.Start(
            TarnExecutable.Command(["up", "--console-port", "0", .. Port(arguments), .. arguments]))!;
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (ReadyLine().Match(line) is { Success: true } ready)
            {
                return new TarnServerProcess(process, ready);
            }
        }

        throw new InvalidOperationException("the server ended before it was ready: " + await errors);
    }

    /// <summary>The environment that AWS clients need.</summary>
    public void Describe(ProcessStartInfo client)
    {
        client.Environment["AWS_ENDPOINT_URL"] = Aws.GetLeftPart(UriPartial.Authority);
        client.Environment["AWS_ACCESS_KEY_ID"] = AccessKeyId;
        client.Environment["AWS_SECRET_ACCESS_KEY"] = Secret;
        client.Environment["AWS_REGION"] = "us-east-1";
        client.Environment["AWS_DEFAULT_REGION"] = "us-east-1";
        client.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        client.Environment["AWS_PAGER"] = "";
    }

    /// <summary>The .NET SDK's client of its object store.</summary>
    public AmazonS3Client S3() => new(
        new BasicAWSCredentials(AccessKeyId, Secret),
        new AmazonS3Config
        {
            ServiceURL = Aws.ToString(), ForcePathStyle = true, AuthenticationRegion = "us-east-1",
        });

    /// <summary>SIGKILL: no goodbye.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and the exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private static IEnumerable<string> Port(IEnumerable<string> arguments) =>
        arguments.Contains("--port") ? [] : ["--port", "0"];

    private string Credential(string name) => File.ReadLines(Path.Combine(DataDirectory, "credentials"))
        .Single(line => line.StartsWith(name, StringComparison.Ordinal)).Split('=', 2)[1].Trim();

    [GeneratedRegex(@"^tarn ready in (?<ms>\d+) ms: aws (?<aws>\S+) console (?<console>\S+) data (?<data>.+)$")]
    private static partial Regex ReadyLine();
}
