using System.Diagnostics;
using Tarn.Clients.Tests.Servers;
using Tarn.Testing;

namespace Tarn.Clients.Tests.S3;

/// <summary>Debian's rclone, configured by its environment.</summary>
public sealed class RcloneTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Rclone = "/usr/bin/rclone";

    [ClientFact(Rclone)]
    public async Task CopySyncAndCheck_OfAFolder_LeaveNoDifference()
    {
        using var directory = new TempDirectory();
        var from = SampleFiles.WriteFolder(directory.Path + "/from");
        await OkAsync("mkdir", "tarn:rclone-sync");
        await OkAsync("copy", from, "tarn:rclone-sync/at");
        await OkAsync("check", "--download", from, "tarn:rclone-sync/at");
        File.Delete(Path.Combine(from, "a.txt"));
        SampleFiles.Write(Path.Combine(from, "empty"), 77);
        var differs = await RunAsync("check", from, "tarn:rclone-sync/at");
        await OkAsync("sync", from, "tarn:rclone-sync/at");
        await OkAsync("check", from, "tarn:rclone-sync/at");
        await OkAsync("sync", "tarn:rclone-sync/at", directory.Path + "/to");
        var listed = await OkAsync("ls", "tarn:rclone-sync");

        Assert.NotEqual(0, differs.ExitCode);
        Assert.Contains("2 differences found", differs.Error, StringComparison.Ordinal);
        SampleFiles.MustBeEqual(from, directory.Path + "/to");
        Assert.Equal(SampleFiles.Names(from).Count, listed.TrimEnd().Split('\n').Length);
        Assert.Contains("       77 at/empty", listed, StringComparison.Ordinal);
        await OkAsync("purge", "tarn:rclone-sync");
        Assert.DoesNotContain("rclone-sync", await OkAsync("lsd", "tarn:"), StringComparison.Ordinal);
    }

    [ClientFact(Rclone)]
    public async Task CopyAndMove_OfAFileInParts_KeepItsHash()
    {
        using var directory = new TempDirectory();
        SampleFiles.Write(directory.Path + "/from/large.bin", SampleFiles.PartedBytes);
        await OkAsync("mkdir", "tarn:rclone-parts");
        await OkAsync(
            "copy", "--s3-upload-cutoff", "6M", "--s3-chunk-size", "6M", directory.Path + "/from", "tarn:rclone-parts");
        await OkAsync("moveto", "tarn:rclone-parts/large.bin", "tarn:rclone-parts/moved/large.bin");
        await OkAsync("check", directory.Path + "/from", "tarn:rclone-parts/moved");
        await OkAsync("copy", "tarn:rclone-parts/moved", directory.Path + "/to");

        SampleFiles.MustBeEqual(directory.Path + "/from", directory.Path + "/to");
    }

    private async Task<string> OkAsync(params string[] arguments) => (await RunAsync(arguments)).MustSucceed();

    private Task<ClientOutput> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Rclone, arguments);
        // Debian's rclone does not start with it.
        start.Environment.Remove("AWS_CA_BUNDLE");
        start.Environment["RCLONE_CONFIG"] = "/dev/null";
        start.Environment["RCLONE_RETRIES"] = "1";
        start.Environment["RCLONE_CONFIG_TARN_TYPE"] = "s3";
        start.Environment["RCLONE_CONFIG_TARN_PROVIDER"] = "Other";
        start.Environment["RCLONE_CONFIG_TARN_ENDPOINT"] = fixture.Server.Aws.ToString();
        start.Environment["RCLONE_CONFIG_TARN_ACCESS_KEY_ID"] = fixture.Server.AccessKeyId;
        start.Environment["RCLONE_CONFIG_TARN_SECRET_ACCESS_KEY"] = fixture.Server.Secret;
        start.Environment["RCLONE_CONFIG_TARN_REGION"] = "us-east-1";
        return ClientOutput.OfAsync(start);
    }
}
