using System.Diagnostics;

namespace Tarn.Clients.Tests.Servers;

/// <summary>What a command printed and how it ended.</summary>
internal sealed record ClientOutput(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan TimeMax = TimeSpan.FromMinutes(3);

    public string LastLine => Output.TrimEnd().Split('\n')[^1];

    /// <summary>As the other one, with a limit that fits most commands.</summary>
    public static Task<ClientOutput> OfAsync(ProcessStartInfo start) => OfAsync(start, TimeMax);

    /// <summary>Runs a process to its end; one that hangs is killed and the test fails.</summary>
    public static async Task<ClientOutput> OfAsync(ProcessStartInfo start, TimeSpan timeMax)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(timeMax);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return new ClientOutput(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{start.FileName} {string.Join(' ', start.ArgumentList)} did not end");
        }
    }

    /// <summary>The output, when the command succeeded; the test fails with its error text otherwise.</summary>
    public string MustSucceed()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}\n{Error}\n{Output}");
        return Output;
    }
}
