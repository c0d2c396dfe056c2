using Tarn.Clients.Tests.Servers;
using Tarn.Testing;

namespace Tarn.Clients.Tests.S3;

/// <summary>Debian's s3cmd, with everything on its command line.</summary>
public sealed class S3cmdTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string S3cmd = "/usr/bin/s3cmd";

    [ClientFact(S3cmd)]
    public async Task MakePutListGetDelete_OfAFile_Work()
    {
        using var directory = new TempDirectory();
        var file = SampleFiles.Write(directory.Path + "/a b.txt", 4000);
        await OkAsync("mb", "s3://s3cmd");
        await OkAsync("put", file, "s3://s3cmd/in/a b.txt");
        var listed = await OkAsync("ls", "--recursive", "s3://s3cmd");
        await OkAsync("get", "s3://s3cmd/in/a b.txt", file + ".back");
        await OkAsync("del", "s3://s3cmd/in/a b.txt");

        Assert.Equal(await File.ReadAllBytesAsync(file), await File.ReadAllBytesAsync(file + ".back"));
        Assert.EndsWith(" 4000  s3://s3cmd/in/a b.txt", listed.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal("", await OkAsync("ls", "--recursive", "s3://s3cmd"));
        await OkAsync("rb", "s3://s3cmd");
    }

    [ClientFact(S3cmd)]
    public async Task Sync_ThereAndBack_MakesFoldersEqual()
    {
        using var directory = new TempDirectory();
        var from = SampleFiles.WriteFolder(directory.Path + "/from");
        Directory.CreateDirectory(directory.Path + "/to");
        await OkAsync("mb", "s3://s3cmd-sync");
        await OkAsync("sync", from + "/", "s3://s3cmd-sync/at/");
        File.Delete(Path.Combine(from, "a.txt"));
        await OkAsync("sync", "--delete-removed", from + "/", "s3://s3cmd-sync/at/");
        await OkAsync("sync", "s3://s3cmd-sync/at/", directory.Path + "/to/");

        SampleFiles.MustBeEqual(from, directory.Path + "/to");
    }

    [ClientFact(S3cmd)]
    public async Task PutCopyMove_OfAFileInParts_KeepItsBytes()
    {
        using var directory = new TempDirectory();
        var file = SampleFiles.Write(directory.Path + "/large.bin", SampleFiles.PartedBytes);
        await OkAsync("mb", "s3://s3cmd-parts");
        await OkAsync("put", "--multipart-chunk-size-mb=6", file, "s3://s3cmd-parts/large.bin");
        await OkAsync("cp", "s3://s3cmd-parts/large.bin", "s3://s3cmd-parts/copy.bin");
        await OkAsync("mv", "s3://s3cmd-parts/copy.bin", "s3://s3cmd-parts/moved.bin");
        await OkAsync("get", "s3://s3cmd-parts/moved.bin", file + ".back");

        Assert.Equal(await File.ReadAllBytesAsync(file), await File.ReadAllBytesAsync(file + ".back"));
    }

    private async Task<string> OkAsync(params string[] arguments)
    {
        var host = fixture.Server.Aws.Authority;
        return (await fixture.RunAsync(S3cmd, [
            "--config=/dev/null", "--no-ssl", $"--host={host}", $"--host-bucket={host}", "--region=us-east-1",
            $"--access_key={fixture.Server.AccessKeyId}", $"--secret_key={fixture.Server.Secret}", "--no-progress",
            .. arguments])).MustSucceed();
    }
}
