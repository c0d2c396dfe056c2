using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Amazon.S3.Model;
using Tarn.Clients.Tests.Servers;
using Tarn.Testing;

namespace Tarn.Clients.Tests.Lifecycle;

/// <summary><c>tarn s3</c> against a real server.</summary>
public sealed class S3CommandTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Copy_OfAFileThereAndBack_GivesTheSameBytes()
    {
        using var directory = new TempDirectory();
        var file = Path.Combine(directory.Path, "cat picture.png");
        await File.WriteAllBytesAsync(file, RandomNumberGenerator.GetBytes(3_000_001));
        await MakeAsync("copied");

        var put = (await RunAsync("cp", file, "s3://copied/2026/")).MustSucceed();
        var got = (await RunAsync("cp", "s3://copied/2026/cat picture.png", directory.Path + "/back/")).MustSucceed();
        var listed = (await RunAsync("ls", "s3://copied/2026/")).MustSucceed();

        Assert.Equal("copied 1 file, 3.0 MB", put.Trim());
        Assert.Equal(put, got);
        Assert.Equal(
            await File.ReadAllBytesAsync(file), await File.ReadAllBytesAsync(directory.Path + "/back/cat picture.png"));
        Assert.Equal(["cat picture.png"], Names(directory.Path + "/back"));
        Assert.EndsWith("      3.0 MB  2026/cat picture.png", listed.TrimEnd(), StringComparison.Ordinal);
        using var s3 = fixture.Server.S3();
        var head = await s3.GetObjectMetadataAsync("copied", "2026/cat picture.png");
        Assert.Equal("image/png", head.Headers.ContentType);
    }

    [Fact]
    public async Task Copy_OfAFolderThereAndBack_KeepsEveryName()
    {
        using var directory = new TempDirectory();
        var names = Enumerable.Range(0, 60).Select(n => $"f{n % 7}/sub {n % 3}/ä+%{n}.txt").Order().ToList();
        foreach (var name in names)
        {
            var path = Path.Combine(directory.Path, "from", name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, name == names[0] ? "" : name);
        }

        await MakeAsync("folders");
        var put = (await RunAsync("cp", "--recursive", directory.Path + "/from", "s3://folders/a/b")).MustSucceed();
        var rows = (await RunAsync("ls", "--recursive", "--json", "s3://folders")).MustSucceed();
        (await RunAsync("cp", "-r", "s3://folders/a/b", directory.Path + "/to")).MustSucceed();

        Assert.StartsWith("copied 60 files, ", put, StringComparison.Ordinal);
        Assert.Equal(
            names.Select(name => "a/b/" + name).Order(StringComparer.Ordinal),
            rows.TrimEnd().Split('\n')
                .Select(row => JsonDocument.Parse(row).RootElement.GetProperty("key").GetString()));
        Assert.Equal(names, Names(directory.Path + "/to").Order());
        Assert.All(names, name => Assert.Equal(
            name == names[0] ? "" : name, File.ReadAllText(Path.Combine(directory.Path, "to", name))));
    }

    [Fact]
    public async Task Copy_ThroughPipes_CarriesTheBytesAlone()
    {
        await MakeAsync("piped");
        var start = new ProcessStartInfo("/bin/sh", ["-c", """
            printf 'a\n\0b' | "$TARN" s3 cp - s3://piped/p.bin --data "$DATA"
            "$TARN" s3 cp s3://piped/p.bin - --data "$DATA" | od -An -c
            """]);
        start.Environment["TARN"] = TarnExecutable.Path;
        start.Environment["DATA"] = fixture.Server.DataDirectory;
        var output = (await ClientOutput.OfAsync(start)).MustSucceed();

        Assert.Equal("copied 1 file, 4 B\n   a  \\n  \\0   b\n", output);
    }

    [Fact]
    public async Task Copy_OfAnInputOfUnknownLength_GoesInParts()
    {
        const int Bytes = 150_000_000;
        await MakeAsync("long-pipe");
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"""
            yes 'tarn s3 cp' | head -c {Bytes} | "$TARN" s3 cp - s3://long-pipe/p --data "$DATA"
            yes 'tarn s3 cp' | head -c {Bytes} | sha256sum
            "$TARN" s3 cp s3://long-pipe/p - --data "$DATA" | sha256sum
            """]);
        start.Environment["TARN"] = TarnExecutable.Path;
        start.Environment["DATA"] = fixture.Server.DataDirectory;
        var output = (await ClientOutput.OfAsync(start)).MustSucceed().TrimEnd().Split('\n');

        Assert.Equal("copied 1 file, 150.0 MB", output[0]);
        Assert.Equal(output[1], output[2]);
        using var s3 = fixture.Server.S3();
        var head = await s3.GetObjectMetadataAsync("long-pipe", "p");
        Assert.EndsWith("-3\"", head.ETag, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Copy_OfNamesThatLeaveTheFolder_LeavesThemOutAndSaysSo()
    {
        using var directory = new TempDirectory();
        await MakeAsync("hostile");
        string[] hostile = ["d/../../out.txt", "d//etc.txt", "d/./x.txt", "d/link/in.txt", "d/..", "d/folder/"];
        foreach (var key in (string[])[.. hostile, "d/good.txt", "d/deep/good.txt"])
        {
            await PutAsync("hostile", key);
        }

        await PutAsync("hostile", "d/marker/", "");

        var target = Path.Combine(directory.Path, "in", "target");
        Directory.CreateDirectory(target);
        Directory.CreateDirectory(Path.Combine(directory.Path, "elsewhere"));
        File.CreateSymbolicLink(Path.Combine(target, "link"), Path.Combine(directory.Path, "elsewhere"));
        var copied = await RunAsync("cp", "--recursive", "s3://hostile/d", target);

        Assert.Equal(1, copied.ExitCode);
        Assert.Equal("copied 2 files, 10 B", copied.Output.Trim());
        Assert.Equal(hostile.Length, copied.Error.Split('\n').Count(line => line.StartsWith("not copied:")));
        Assert.All(hostile, key => Assert.Contains($"s3://hostile/{key}:", copied.Error, StringComparison.Ordinal));
        Assert.Equal(
            ["in/target/deep/good.txt", "in/target/good.txt"],
            Names(directory.Path).Where(name => name != "in/target/link").Order());
        Assert.True(Directory.Exists(Path.Combine(target, "marker")));
        Assert.Equal(1, (await RunAsync("cp", "s3://hostile/d/..", target + "/")).ExitCode);
    }

    [Fact]
    public async Task RemoveAndUsage_OfFolders_TouchNothingBeside()
    {
        await MakeAsync("removed");
        foreach (var key in (string[])["in/a", "in/b/c", "input", "x"])
        {
            await PutAsync("removed", key);
        }

        var usage = (await RunAsync("du", "--json", "s3://removed")).MustSucceed();
        var table = (await RunAsync("du")).MustSucceed();
        var notEmpty = await RunAsync("rb", "s3://removed");
        var one = (await RunAsync("rm", "s3://removed/x")).MustSucceed();
        var again = await RunAsync("rm", "s3://removed/x");
        var folder = (await RunAsync("rm", "--recursive", "s3://removed/in")).MustSucceed();
        var left = (await RunAsync("ls", "--recursive", "--json", "s3://removed")).MustSucceed();
        var forced = (await RunAsync("rb", "--force", "s3://removed")).MustSucceed();
        var gone = await RunAsync("ls", "s3://removed");

        Assert.Equal(
            """
            {"location":"s3://removed","bytes":10,"objects":2}
            {"location":"s3://removed/in/","bytes":10,"objects":2}
            {"location":"total","bytes":20,"objects":4}

            """,
            usage);
        Assert.Contains("s3://removed ", table, StringComparison.Ordinal);
        Assert.Equal("deleted s3://removed/x", one.Trim());
        Assert.Contains("there is no object s3://removed/x", again.Error, StringComparison.Ordinal);
        Assert.Equal("deleted 2 objects", folder.Trim());
        Assert.Equal("input", JsonDocument.Parse(left).RootElement.GetProperty("key").GetString());
        Assert.Contains("rb --force", notEmpty.Error, StringComparison.Ordinal);
        Assert.Equal("deleted 1 object\nremoved s3://removed", forced.Trim());
        Assert.Equal([1, 1, 1], new[] { again, notEmpty, gone }.Select(output => output.ExitCode));
        Assert.Contains("there is no bucket 'removed'", gone.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scan_AfterChangesByHand_AdoptsAndReports()
    {
        await MakeAsync("scanned");
        await PutAsync("scanned", "gone");
        var folder = Path.Combine(fixture.Server.DataDirectory, "objects", "scanned");
        File.Delete(Path.Combine(folder, "gone"));
        Directory.CreateDirectory(Path.Combine(folder, "in"));
        await File.WriteAllTextAsync(Path.Combine(folder, "in", "by hand.txt"), "bytes");

        var scan = await RunAsync("scan", "scanned");
        var read = (await RunAsync("cp", "s3://scanned/in/by hand.txt", "-")).MustSucceed();
        var again = await RunAsync("scan", "--json", "s3://scanned");
        var missing = await RunAsync("scan", "s3://unscanned");

        Assert.Equal(
            "adopted in/by hand.txt\n2 objects compared: 1 file adopted, 0 left, 1 object damaged",
            scan.Output.Trim());
        Assert.Contains("damaged: gone: the file is missing", scan.Error, StringComparison.Ordinal);
        Assert.Equal("bytes", read);
        Assert.Contains("""{"objects":2,"adopted":0,"left":0,"damaged":1}""", again.Output, StringComparison.Ordinal);
        Assert.Contains("bucket 'unscanned' does not exist", missing.Error, StringComparison.Ordinal);
        Assert.Equal([1, 1, 1], new[] { scan, again, missing }.Select(output => output.ExitCode));
    }

    [Fact]
    public async Task RemoveRecursive_OfMoreThanAPage_DeletesAll()
    {
        const int Objects = 1100;
        using var directory = new TempDirectory();
        for (var i = 0; i < Objects; i++)
        {
            await File.WriteAllTextAsync(Path.Combine(directory.Path, $"{i}"), "x");
        }

        await MakeAsync("pages");
        (await RunAsync("cp", "--recursive", directory.Path, "s3://pages")).MustSucceed();
        var listed = (await RunAsync("ls", "s3://pages")).MustSucceed();
        var removed = (await RunAsync("rm", "--recursive", "s3://pages")).MustSucceed();

        Assert.Equal(Objects, listed.TrimEnd().Split('\n').Length);
        Assert.Equal("deleted 1,100 objects", removed.Trim());
        Assert.Equal("", (await RunAsync("ls", "s3://pages")).MustSucceed());
    }

    [Fact]
    public async Task Mistakes_OnTheCommandLine_AreToldWithAHint()
    {
        using var directory = new TempDirectory();
        await MakeAsync("mistakes");
        (string[] Command, string Told)[] mistakes =
        [
            (["cp", "nothing.txt", "s3://mistakes"], "there is no file nothing.txt"),
            (["cp", directory.Path, "s3://mistakes"], "add --recursive"),
            (["cp", "s3://mistakes/nothing", directory.Path], "there is no object s3://mistakes/nothing"),
            (["cp", "s3://mistakes", directory.Path], "names no object"),
            (["cp", "-r", "s3://mistakes/no", directory.Path], "there is no object in s3://mistakes/no/"),
            (["cp", "a", "b"], "write objects as s3://bucket/key"),
            (["cp", "s3://a/b", "s3://c/d"], "aws s3 cp does"),
            (["cp", TarnExecutable.Root + "/tarn", "s3://absent/x"], "tarn s3 mb s3://absent"),
            (["ls", "mistakes"], "write it as s3://bucket"),
            (["ls", "s3://mistakes/none"], "no object in mistakes begins with none"),
            (["mb", "s3://mistakes"], "there is a bucket 'mistakes' already"),
            (["mb", "s3://No_Good"], "InvalidBucketName"),
            (["rm", "s3://mistakes"], "tarn s3 rb s3://mistakes"),
        ];
        foreach (var (command, told) in mistakes)
        {
            var output = await RunAsync(command);
            Assert.Equal(1, output.ExitCode);
            Assert.Contains(told, output.Error, StringComparison.Ordinal);
        }

        Assert.Empty(Names(directory.Path));
    }

    private static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path));

    private async Task MakeAsync(string bucket) =>
        Assert.Equal($"made s3://{bucket}\n", (await RunAsync("mb", $"s3://{bucket}")).MustSucceed());

    private async Task PutAsync(string bucket, string key, string text = "bytes")
    {
        using var s3 = fixture.Server.S3();
        await s3.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = key, ContentBody = text });
    }

    private Task<ClientOutput> RunAsync(params string[] arguments)
    {
        var start = TarnExecutable.Command(["s3", .. arguments, "--data", fixture.Server.DataDirectory]);
        return ClientOutput.OfAsync(start);
    }
}
