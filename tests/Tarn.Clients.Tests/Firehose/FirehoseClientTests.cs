using System.Diagnostics;
using System.Text.Json;
using Tarn.Clients.Tests.Servers;

namespace Tarn.Clients.Tests.Firehose;

/// <summary>
/// Unmodified producers of Firehose: each makes a delivery stream, puts records, and reads the objects back after a
/// flush.
/// </summary>
public sealed class FirehoseClientTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Cli = "/usr/bin/aws";
    private const string Boto3 = "/usr/lib/python3/dist-packages/boto3/__init__.py";
    private const string Sdk = "tests/clients-npm/node_modules/@aws-sdk/client-firehose/package.json";

    [ClientFact(Boto3)]
    public async Task Boto3_PutsControlsReshardsAndSendsAsFluentBit_NothingIsLostOrDoubled() =>
        Assert.Equal("boto3: firehose ok", await RunScriptAsync("/usr/bin/python3", "clients-python/firehose.py"));

    [ClientFact(Sdk)]
    public async Task JavaScriptSdk_PutsAndDescribes_ReadsTheSameBack() =>
        Assert.Equal("aws-sdk v3: firehose ok", await RunScriptAsync("node", "clients-npm/firehose.mjs"));

    /// <summary>Debian's botocore is older than the list of members that the coverage page is made of.</summary>
    [ClientFact(Boto3)]
    public async Task ServiceModel_OfTheInstalledBotocore_HasNoMemberThatIsNotListed()
    {
        var script = Path.Combine(TarnExecutable.Root, "tests", "clients-python", "firehose_members.py");
        var installed = (await fixture.RunAsync("/usr/bin/python3", script)).MustSucceed();
        var listed = File.ReadLines(
            Path.Combine(TarnExecutable.Root, "tests/Tarn.Aws.Tests/testdata/firehose-members.txt"));

        Assert.Empty(Names(installed.Split('\n', StringSplitOptions.RemoveEmptyEntries)).Except(Names(listed)));

        static IEnumerable<string> Names(IEnumerable<string> lines) => lines.Select(line => line.Split(" = ")[0]);
    }

    [ClientFact(Cli)]
    public async Task AwsCli_CreatePutFlush_FindsTheRecordInTheBucket()
    {
        const string S3 = """
            {"RoleARN":"arn:aws:iam::000000000000:role/f","BucketARN":"arn:aws:s3:::cli-firehose","Prefix":"cli/",
             "BufferingHints":{"SizeInMBs":1,"IntervalInSeconds":60},"CompressionFormat":"UNCOMPRESSED"}
            """;
        var created = await CliAsync(
            "firehose", "create-delivery-stream", "--delivery-stream-name", "cli",
            "--extended-s3-destination-configuration", S3);
        var put = await CliAsync(
            "firehose", "put-record", "--delivery-stream-name", "cli", "--cli-binary-format", "raw-in-base64-out",
            "--record", """{"Data":"hello firehose"}""");
        (await TarnExecutable.RunAsync("delivery", "flush", "cli", "--data", fixture.Server.DataDirectory))
            .MustSucceed();
        var objects = await CliAsync("s3api", "list-objects-v2", "--bucket", "cli-firehose", "--prefix", "cli/");
        var key = Assert.Single(objects.GetProperty("Contents").EnumerateArray()).GetProperty("Key").GetString()!;

        Assert.EndsWith(":deliverystream/cli", created.GetProperty("DeliveryStreamARN").GetString(),
            StringComparison.Ordinal);
        Assert.False(put.GetProperty("Encrypted").GetBoolean());
        Assert.Equal(
            "hello firehose",
            await File.ReadAllTextAsync(
                Path.Combine(fixture.Server.DataDirectory, "objects", "cli-firehose", key)));
        await CliAsync("firehose", "delete-delivery-stream", "--delivery-stream-name", "cli");
    }

    private async Task<JsonElement> CliAsync(params IEnumerable<string> arguments)
    {
        var output = (await fixture.RunAsync(
            Cli, ["--endpoint-url", fixture.Server.Aws.ToString(), "--output", "json", .. arguments])).MustSucceed();
        if (output.Length == 0)
        {
            return default;
        }

        using var document = JsonDocument.Parse(output);
        return document.RootElement.Clone();
    }

    private async Task<string> RunScriptAsync(string program, string script)
    {
        var start = new ProcessStartInfo(program, [Path.Combine(TarnExecutable.Root, "tests", script)]);
        fixture.Server.Describe(start);
        start.Environment["TARN"] = TarnExecutable.Path;
        start.Environment["DATA"] = fixture.Server.DataDirectory;
        return (await ClientOutput.OfAsync(start)).MustSucceed().Trim();
    }
}
