using System.Text.Json;
using Tarn.Clients.Tests.Servers;
using Tarn.Testing;

namespace Tarn.Clients.Tests.S3;

/// <summary>Debian's aws cli where it sends parts, copies on the server, or presigns.</summary>
public sealed class AwsCliPartsTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Cli = "/usr/bin/aws";

    [ClientFact(Cli)]
    public async Task Cp_OfAFileAboveThePartThreshold_ComesBackWhole()
    {
        using var directory = new TempDirectory();
        var file = SampleFiles.Write(directory.Path + "/large.bin", SampleFiles.PartedBytes);
        await OkAsync("s3", "mb", "s3://cli-parts");
        await OkAsync("s3", "cp", file, "s3://cli-parts/large.bin");
        await OkAsync("s3", "cp", "s3://cli-parts/large.bin", file + ".back");
        var head = await JsonAsync("s3api", "head-object", "--bucket", "cli-parts", "--key", "large.bin");

        Assert.Equal(await File.ReadAllBytesAsync(file), await File.ReadAllBytesAsync(file + ".back"));
        Assert.EndsWith("-3\"", head.GetProperty("ETag").GetString(), StringComparison.Ordinal);
        Assert.False((await JsonAsync("s3api", "list-multipart-uploads", "--bucket", "cli-parts"))
            .TryGetProperty("Uploads", out _));
    }

    [ClientFact(Cli)]
    public async Task CpAndMv_WithinTheServer_CopyBytesAndMetadata()
    {
        using var directory = new TempDirectory();
        var file = SampleFiles.Write(directory.Path + "/a.txt", 5000);
        await OkAsync("s3", "mb", "s3://cli-copies");
        await OkAsync("s3", "cp", file, "s3://cli-copies/a.txt", "--metadata", "who=cli");
        await OkAsync("s3", "cp", "s3://cli-copies/a.txt", "s3://cli-copies/x/b c.txt");
        await OkAsync("s3", "mv", "s3://cli-copies/a.txt", "s3://cli-copies/x/c.txt");
        await OkAsync("s3", "cp", "--recursive", "s3://cli-copies/x", directory.Path + "/back");
        var head = await JsonAsync("s3api", "head-object", "--bucket", "cli-copies", "--key", "x/b c.txt");

        Assert.Equal(["b c.txt", "c.txt"], SampleFiles.Names(directory.Path + "/back"));
        Assert.Equal(await File.ReadAllBytesAsync(file), await File.ReadAllBytesAsync(directory.Path + "/back/c.txt"));
        Assert.Equal("cli", head.GetProperty("Metadata").GetProperty("who").GetString());
        Assert.Equal("text/plain", head.GetProperty("ContentType").GetString());
    }

    [ClientFact(Cli)]
    public async Task S3Api_PartsByHand_AreListedCompletedAndAborted()
    {
        using var directory = new TempDirectory();
        var first = SampleFiles.Write(directory.Path + "/1", 5 << 20);
        var second = SampleFiles.Write(directory.Path + "/2", 100, seed: 2);
        string[] target = ["--bucket", "cli-hands", "--key", "made of parts"];
        await OkAsync("s3", "mb", "s3://cli-hands");
        var upload = await BeginAsync(target);
        var etags = new List<string>();
        foreach (var (file, number) in new[] { (first, 1), (second, 2) })
        {
            var part = await JsonAsync([
                "s3api", "upload-part", .. target, .. upload, "--part-number", $"{number}", "--body", file]);
            etags.Add(part.GetProperty("ETag").GetString()!);
        }

        var parts = await JsonAsync(["s3api", "list-parts", .. target, .. upload]);
        var structure = JsonSerializer.Serialize(new
        {
            Parts = etags.Select((tag, index) => new { ETag = tag, PartNumber = index + 1 }),
        });
        await OkAsync([
            "s3api", "complete-multipart-upload", .. target, .. upload, "--multipart-upload", structure]);
        await OkAsync(["s3api", "abort-multipart-upload", .. target, .. await BeginAsync(target)]);
        var got = await JsonAsync(["s3api", "get-object", .. target, "--part-number", "2", directory.Path + "/got"]);

        Assert.Equal([5 << 20, 100], parts.GetProperty("Parts").EnumerateArray()
            .Select(part => part.GetProperty("Size").GetInt32()));
        Assert.Equal(await File.ReadAllBytesAsync(second), await File.ReadAllBytesAsync(directory.Path + "/got"));
        Assert.Equal(2, got.GetProperty("PartsCount").GetInt32());
    }

    [ClientFact(Cli)]
    public async Task Tags_OfObjectsAndBuckets_AreKept()
    {
        using var directory = new TempDirectory();
        var file = SampleFiles.Write(directory.Path + "/a", 10);
        await OkAsync("s3", "mb", "s3://cli-tags");
        await OkAsync(
            "s3api", "put-object", "--bucket", "cli-tags", "--key", "a", "--body", file, "--tagging", "a=1&b=x%20y");
        var given = await JsonAsync("s3api", "get-object-tagging", "--bucket", "cli-tags", "--key", "a");
        await OkAsync(
            "s3api", "put-object-tagging", "--bucket", "cli-tags", "--key", "a",
            "--tagging", "TagSet=[{Key=stage,Value=test}]");
        await OkAsync(
            "s3api", "put-bucket-tagging", "--bucket", "cli-tags", "--tagging", "TagSet=[{Key=team,Value=lake}]");
        var ofObject = await JsonAsync("s3api", "get-object-tagging", "--bucket", "cli-tags", "--key", "a");
        var ofBucket = await JsonAsync("s3api", "get-bucket-tagging", "--bucket", "cli-tags");

        Assert.Equal(["a=1", "b=x y"], Tags(given));
        Assert.Equal(["stage=test"], Tags(ofObject));
        Assert.Equal(["team=lake"], Tags(ofBucket));
    }

    [ClientFact(Cli)]
    public async Task Presign_OfAnObject_IsAnAddressThatAnyoneMayGet()
    {
        using var directory = new TempDirectory();
        var file = SampleFiles.Write(directory.Path + "/a b.bin", 3000);
        await OkAsync("s3", "mb", "s3://cli-presign");
        await OkAsync("s3", "cp", file, "s3://cli-presign/x/");
        var address = (await OkAsync("s3", "presign", "s3://cli-presign/x/a b.bin", "--expires-in", "60")).Trim();

        using var http = new HttpClient();
        Assert.Equal(await File.ReadAllBytesAsync(file), await http.GetByteArrayAsync(new Uri(address)));
        using var forged = await http.GetAsync(new Uri(address.Replace("a%20b", "a%20c", StringComparison.Ordinal)));
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, forged.StatusCode);
    }

    private static IEnumerable<string> Tags(JsonElement answer) => answer.GetProperty("TagSet").EnumerateArray()
        .Select(tag => $"{tag.GetProperty("Key").GetString()}={tag.GetProperty("Value").GetString()}").Order();

    private async Task<string[]> BeginAsync(string[] target)
    {
        var begun = await JsonAsync(["s3api", "create-multipart-upload", .. target]);
        return ["--upload-id", begun.GetProperty("UploadId").GetString()!];
    }

    private async Task<string> OkAsync(params string[] arguments) => (await RunAsync(arguments)).MustSucceed();

    private async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        var text = await OkAsync(arguments);
        using var document = JsonDocument.Parse(text.Length == 0 ? "{}" : text);
        return document.RootElement.Clone();
    }

    private Task<ClientOutput> RunAsync(params string[] arguments) => fixture.RunAsync(
        Cli, ["--endpoint-url", fixture.Server.Aws.ToString(), "--output", "json", .. arguments]);
}
