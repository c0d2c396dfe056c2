using System.Diagnostics;
using System.Text.Json;
using Tarn.Clients.Tests.Servers;

namespace Tarn.Clients.Tests.Aws;

/// <summary>Debian's aws cli, unmodified.</summary>
public sealed class AwsCliTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Cli = "/usr/bin/aws";

    [ClientFact(Cli)]
    public async Task Kinesis_CreatePutGet_ReturnsTheRecord()
    {
        (await RunAsync("kinesis", "create-stream", "--stream-name", "cli", "--shard-count", "1")).MustSucceed();
        (await RunAsync("kinesis", "wait", "stream-exists", "--stream-name", "cli")).MustSucceed();
        var put = Json(await RunAsync(
            "kinesis", "put-record", "--stream-name", "cli", "--partition-key", "k",
            "--cli-binary-format", "raw-in-base64-out", "--data", "hello tarn"));
        var iterator = Json(await RunAsync(
            "kinesis", "get-shard-iterator", "--stream-name", "cli", "--shard-id", put.GetProperty("ShardId")
                .GetString()!,
            "--shard-iterator-type", "TRIM_HORIZON")).GetProperty("ShardIterator").GetString()!;
        var records = Json(await RunAsync("kinesis", "get-records", "--shard-iterator", iterator))
            .GetProperty("Records");

        var record = Assert.Single(records.EnumerateArray());
        Assert.Equal("hello tarn"u8.ToArray(), record.GetProperty("Data").GetBytesFromBase64());
        Assert.Equal(put.GetProperty("SequenceNumber").GetString(), record.GetProperty("SequenceNumber").GetString());
    }

    [ClientFact(Cli)]
    public async Task Kinesis_SplitMergeScaleTagAndRegister_AreSeen()
    {
        await OkAsync("create-stream --stream-name ops --shard-count 1");
        await OkAsync("add-tags-to-stream --stream-name ops --tags team=scores,stage=test");
        Assert.Equal(2, (await OkAsync("list-tags-for-stream --stream-name ops")).GetProperty("Tags").GetArrayLength());
        await OkAsync("split-shard --stream-name ops --shard-to-split shardId-000000000000 --new-starting-hash-key 9");
        await OkAsync(
            "merge-shards --stream-name ops --shard-to-merge shardId-000000000001 "
            + "--adjacent-shard-to-merge shardId-000000000002");
        await OkAsync(
            "update-shard-count --stream-name ops --target-shard-count 2 --scaling-type UNIFORM_SCALING");
        var shards = (await OkAsync("list-shards --stream-name ops --shard-filter Type=AT_LATEST"))
            .GetProperty("Shards");
        Assert.Equal(2, shards.GetArrayLength());

        var summary = (await OkAsync("describe-stream-summary --stream-name ops"))
            .GetProperty("StreamDescriptionSummary");
        var arn = summary.GetProperty("StreamARN").GetString();
        await OkAsync($"register-stream-consumer --stream-arn {arn} --consumer-name cli");
        await OkAsync($"deregister-stream-consumer --stream-arn {arn} --consumer-name cli");
        await OkAsync("increase-stream-retention-period --stream-name ops --retention-period-hours 48");
        await OkAsync("enable-enhanced-monitoring --stream-name ops --shard-level-metrics ALL");
        await OkAsync("delete-stream --stream-name ops");
        var gone = await RunAsync("kinesis", "describe-stream", "--stream-name", "ops");
        Assert.Contains("ResourceNotFoundException", gone.Error, StringComparison.Ordinal);

        async Task<JsonElement> OkAsync(string command)
        {
            var output = await RunAsync(["kinesis", .. command.Split(' ')]);
            return output.MustSucceed().Length == 0 ? default : Json(output);
        }
    }

    [ClientFact(Cli)]
    public async Task S3_CopyThereAndBack_GivesTheSameBytes()
    {
        var bytes = new byte[3_000_000];
        new Random(7).NextBytes(bytes);
        var file = Path.Combine(fixture.Server.DataDirectory, "..", "upload.bin");
        await File.WriteAllBytesAsync(file, bytes);

        (await RunAsync("s3", "mb", "s3://cli-bucket")).MustSucceed();
        (await RunAsync("s3", "cp", file, "s3://cli-bucket/deep/path/upload.bin")).MustSucceed();
        var listing = (await RunAsync("s3", "ls", "s3://cli-bucket/deep/", "--recursive")).MustSucceed();
        (await RunAsync("s3", "cp", "s3://cli-bucket/deep/path/upload.bin", file + ".back")).MustSucceed();

        Assert.Contains("3000000 deep/path/upload.bin", listing, StringComparison.Ordinal);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(file + ".back"));
        Assert.Equal(
            bytes, await File.ReadAllBytesAsync(
                Path.Combine(fixture.Server.DataDirectory, "objects/cli-bucket/deep/path/upload.bin")));
    }

    [ClientFact(Cli)]
    public async Task Athena_StartAndGetResults_ReturnsHeaderAndRows()
    {
        var id = Json(await RunAsync(
            "athena", "start-query-execution", "--query-string", "SELECT 1 AS one, 'two' AS two",
            "--result-configuration", "OutputLocation=s3://lake/results/")).GetProperty("QueryExecutionId")
                .GetString()!;
        var state = "";
        for (var i = 0; i < 100 && state is not ("SUCCEEDED" or "FAILED"); i++)
        {
            var execution = Json(await RunAsync("athena", "get-query-execution", "--query-execution-id", id));
            state = execution.GetProperty("QueryExecution").GetProperty("Status").GetProperty("State").GetString();
        }

        var rows = Json(await RunAsync("athena", "get-query-results", "--query-execution-id", id))
            .GetProperty("ResultSet").GetProperty("Rows");
        Assert.Equal("SUCCEEDED", state);
        Assert.Equal(
            ["one,two", "1,two"],
            rows.EnumerateArray().Select(row => string.Join(',', row.GetProperty("Data").EnumerateArray()
                .Select(cell => cell.GetProperty("VarCharValue").GetString()))));
    }

    [ClientFact(Cli)]
    public async Task Sts_GetCallerIdentity_NamesTheAccount()
    {
        var identity = Json(await RunAsync("sts", "get-caller-identity"));
        Assert.Equal("000000000000", identity.GetProperty("Account").GetString());
    }

    [ClientFact(Cli)]
    public async Task WrongSecret_OnEachService_IsForbiddenWithTheServicesCode()
    {
        var kinesis = await ForgedAsync("kinesis", "list-streams");
        var s3 = await ForgedAsync("s3api", "list-buckets");
        var athena = await ForgedAsync("athena", "list-work-groups");

        Assert.Contains("InvalidSignatureException", kinesis.Error, StringComparison.Ordinal);
        Assert.Contains("SignatureDoesNotMatch", s3.Error, StringComparison.Ordinal);
        Assert.Contains("InvalidSignatureException", athena.Error, StringComparison.Ordinal);
    }

    [ClientFact(Cli)]
    public async Task UnknownOperation_IsRefusedByName()
    {
        var answer = await RunAsync(
            "kinesis", "start-stream-encryption", "--stream-name", "scores",
            "--encryption-type", "KMS", "--key-id", "alias/aws/kinesis");
        Assert.NotEqual(0, answer.ExitCode);
        Assert.Contains(
            "does not implement kinesis StartStreamEncryption: segments", answer.Error, StringComparison.Ordinal);
    }

    [ClientFact(Cli)]
    public async Task TarnEnv_Evaluated_PointsTheCliAtTheServer()
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", """
            eval "$("$TARN" env --data "$DATA")"; PATH=/usr/bin:/bin aws kinesis list-streams --output json
            """]);
        start.Environment["TARN"] = TarnExecutable.Path;
        start.Environment["DATA"] = fixture.Server.DataDirectory;
        var streams = Json(await ClientOutput.OfAsync(start)).GetProperty("StreamNames");
        Assert.Contains("scores", streams.EnumerateArray().Select(name => name.GetString()));
    }

    private Task<ClientOutput> RunAsync(params IEnumerable<string> arguments) =>
        fixture.RunAsync(Cli, ["--endpoint-url", fixture.Server.Aws.ToString(), "--output", "json", .. arguments]);

    private Task<ClientOutput> ForgedAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Cli, ["--endpoint-url", fixture.Server.Aws.ToString(), .. arguments]);
        fixture.Server.Describe(start);
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "wrongwrongwrongwrong";
        return ClientOutput.OfAsync(start);
    }

    private static JsonElement Json(ClientOutput output)
    {
        using var document = JsonDocument.Parse(output.MustSucceed());
        return document.RootElement.Clone();
    }
}
