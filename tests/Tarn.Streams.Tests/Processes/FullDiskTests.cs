using System.Diagnostics;
using Tarn.Testing;
using Xunit.Abstractions;

namespace Tarn.Streams.Tests.Processes;

/// <summary>
/// A file system that is really full: 2 MB in memory, mounted in a name space of the process's own. Where the machine
/// does not let users have one, the faulty disk of the other tests has to do.
/// </summary>
public sealed class FullDiskTests(ITestOutputHelper output)
{
    private const string Mount = "mount -t tmpfs -o size=2m none \"$0\"";

    [Fact]
    public async Task Append_FileSystemFull_FailsKeepsTheLogGoodAndGoesOnWithRoom()
    {
        using var directory = new TempDirectory();
        var streams = Directory.CreateDirectory(Path.Combine(directory.Path, "streams")).FullName;
        if ((await RunAsync(Mount, streams)).ExitCode != 0)
        {
            output.WriteLine("no name spaces here: not run");
            return;
        }

        var (exitCode, written) = await RunAsync(
            Mount + " && exec \"$@\"",
            streams, "dotnet", typeof(FullDisk).Assembly.Location, FullDisk.Name, directory.Path);

        Assert.True(exitCode == 0, written);
        Assert.EndsWith(FullDisk.Done, written.TrimEnd(), StringComparison.Ordinal);
        output.WriteLine(written);
    }

    private static async Task<(int ExitCode, string Written)> RunAsync(string script, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(
                TestProcess.Command("unshare", ["-r", "-m", "sh", "-c", script, .. arguments]))!;
            var errors = process.StandardError.ReadToEndAsync();
            var written = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, await errors + written);
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return (-1, missing.Message);
        }
    }
}
