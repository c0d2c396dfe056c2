using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Tarn.Delivery.Endpoints;
using Tarn.Delivery.Tests.Processing;
using Tarn.Primitives.Errors;
using Tarn.Testing;

namespace Tarn.Delivery.Tests.Destinations;

/// <summary>Batches that are posted, and what becomes of those that are not taken.</summary>
public sealed class EndpointTests : IDisposable
{
    private const string Name = "scores-to-lake";

    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = DeliveryLake.NewTime();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Post_ThatIsTaken_HoldsTheRecordsInOrder()
    {
        var endpoint = new ScriptedEndpoint();
        await using var lake = await CreateAsync(endpoint, backupAll: false);

        await lake.AppendAsync("one", "two");
        await lake.FlushAsync();

        Assert.Equal(["one", "two"], Assert.Single(endpoint.Posts).Records);
        Assert.Empty(await lake.KeysAsync(""));
        var status = (await lake.Delivery.FindAsync(Name, default))!;
        Assert.Equal((2, 1, 0), (status.Records, status.Objects, status.BadRecords));
        Assert.Null(Assert.IsType<EndpointDestination>(status.Spec.Destination).AccessKey);
    }

    [Fact]
    public async Task Post_RefusedForAWhile_IsRepeatedWithTheSameId()
    {
        var endpoint = new ScriptedEndpoint
        {
            Answer = number => number < 3 ? Refused(mayPass: true) : new EndpointAccepted(),
        };
        await using var lake = await CreateAsync(endpoint, backupAll: false);

        await lake.AppendAsync("one");
        await lake.FlushAsync();

        Assert.Equal(3, endpoint.Posts.Count);
        Assert.Single(endpoint.Posts.Select(post => post.RequestId).Distinct());
        Assert.Empty(await lake.KeysAsync(""));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Post_NeverTaken_BecomesFailures(bool mayPass)
    {
        var endpoint = new ScriptedEndpoint { Answer = _ => Refused(mayPass) };
        await using var lake = await CreateAsync(endpoint, backupAll: false);

        await lake.AppendAsync("one", "two");
        await lake.FlushAsync();

        Assert.Equal(mayPass, endpoint.Posts.Count > 1);
        var failures = await lake.LinesAsync("failed/http-endpoint-failed/");
        Assert.Equal(["b25l", "dHdv"], failures.Select(line => Member(line, "rawData")));
        Assert.All(failures, line => Assert.Equal("HttpEndpoint.DestinationException", Member(line, "errorCode")));
        var status = (await lake.Delivery.FindAsync(Name, default))!;
        Assert.Equal((0, 2), (status.Records, status.BadRecords));
    }

    [Fact]
    public async Task Post_GivenUpWhileTheStoreIsDown_BecomesEachFailureOnceAndIsNotPostedAgain()
    {
        var isDown = true;
        var faults = Faults.Where(point => isDown && point.StartsWith("put:", StringComparison.Ordinal));
        var endpoint = new ScriptedEndpoint { Answer = _ => Refused(mayPass: false) };
        await using var lake = await DeliveryLake.CreateAsync(
            _directory.Path, _time, faults, new ScriptedFunctions(), endpoint);
        var packed = To(backupAll: false) with { Steps = [new DeaggregateStep { Form = SubRecordForm.Json }] };
        await lake.Delivery.PutAsync(DeliveryLake.Spec with { Destination = packed }, default);
        await lake.AppendAsync("""{"n":1}{"n":2}""", "not json");
        var flush = lake.Delivery.FlushAsync(Name, default);
        await lake.UntilAsync(_ => faults.Count > 2);

        isDown = false;
        await lake.UntilAsync(status => status.BadRecords > 0);
        await flush;

        Assert.Single(endpoint.Posts);
        Assert.Equal(2, (await lake.LinesAsync("failed/http-endpoint-failed/")).Count);
        Assert.Single(await lake.LinesAsync("failed/processing-failed/"));
        var status = (await lake.Delivery.FindAsync(Name, default))!;
        Assert.Equal((0, 3), (status.Records, status.BadRecords));
    }

    [Fact]
    public async Task Post_TakenAfterARestart_LeavesNoFailuresOfBefore()
    {
        var faults = Faults.StopAt(at => at.StartsWith("put:after:s3://lake/failed/", StringComparison.Ordinal));
        await using (var lake = await CreateAsync(
            new ScriptedEndpoint { Answer = _ => Refused(mayPass: false) }, backupAll: false, faults))
        {
            await lake.AppendAsync("one");
            var flush = lake.Delivery.FlushAsync(Name, default);
            await faults.Hit;
            await lake.DisposeAsync();
            await Assert.ThrowsAsync<TarnException>(() => flush);
        }

        var endpoint = new ScriptedEndpoint();
        await using var again = await DeliveryLake.OpenAsync(
            _directory.Path, _time, Faults.None, new ScriptedFunctions(), endpoint);
        await again.FlushAsync();

        Assert.Equal(["one"], Assert.Single(endpoint.Posts).Records);
        Assert.Empty(await again.KeysAsync(""));
    }

    [Fact]
    public async Task Backup_OfAll_HoldsRecordsAsTheyCame()
    {
        await using var lake = await CreateAsync(new ScriptedEndpoint(), backupAll: true);

        await lake.AppendAsync("one", "two");
        await lake.FlushAsync();

        Assert.Equal(["onetwo"], await lake.LinesAsync("2026/11/23/04/"));
    }

    [Theory]
    [InlineData("http://example.com/x")]
    [InlineData("ftp://127.0.0.1/x")]
    [InlineData("nothing")]
    public async Task Put_UrlThatIsNotSafe_IsRefused(string url)
    {
        await using var lake = await DeliveryLake.CreateAsync(_directory.Path, _time, Faults.None);

        var spec = DeliveryLake.Spec with { Destination = To(backupAll: false) with { Url = url } };
        var failure = await Assert.ThrowsAsync<TarnException>(() => lake.Delivery.PutAsync(spec, default));

        Assert.Contains(url, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Function_WithOtherAnswersAfterACrash_LeavesOnlyTheNewObjects()
    {
        var steps = new RecordStep[] { new LambdaStep { FunctionArn = ScriptedFunctions.Arn } };
        var destination = new ObjectDestination
        {
            Output = new ObjectOutput
            {
                Bucket = "lake",
                Prefix = "by/!{partitionKeyFromLambda:team}/",
                ErrorPrefix = "failed/!{firehose:error-output-type}/",
            },
            Partitioning = new DynamicPartitioning(),
            Steps = steps,
        };
        var faults = Faults.StopAt(at => at.StartsWith("put:after:s3://lake/by/", StringComparison.Ordinal));
        await using (var lake = await DeliveryLake.CreateAsync(
            _directory.Path, _time, faults, Team("red"), new ScriptedEndpoint()))
        {
            await lake.Delivery.PutAsync(DeliveryLake.Spec with { Destination = destination }, default);
            await lake.AppendAsync("one");
            var flush = lake.Delivery.FlushAsync(Name, default);
            await faults.Hit;
            await lake.DisposeAsync();
            await Assert.ThrowsAsync<TarnException>(() => flush);
        }

        await using var again = await DeliveryLake.OpenAsync(
            _directory.Path, _time, Faults.None, Team("blue"), new ScriptedEndpoint());
        Assert.Single(await again.KeysAsync("by/red/"));
        await again.FlushAsync();

        Assert.Empty(await again.KeysAsync("by/red/"));
        Assert.Equal(["ONE"], await again.LinesAsync("by/blue/"));
    }

    private static ScriptedFunctions Team(string team) => new()
    {
        Answer = (_, call) => ScriptedFunctions.Each(call, record => ScriptedFunctions.Ok(record, "ONE") with
        {
            PartitionKeys = new Dictionary<string, string> { ["team"] = team },
        }),
    };

    private static EndpointRefused Refused(bool mayPass) =>
        new("HttpEndpoint.DestinationException", "out of order", mayPass);

    private static string Member(string line, string name)
    {
        using var failure = JsonDocument.Parse(line);
        return failure.RootElement.GetProperty(name).GetString()!;
    }

    private static EndpointDestination To(bool backupAll) => new()
    {
        Url = "https://example.com/in",
        AccessKey = "secret",
        RetrySeconds = 1,
        BackupAll = backupAll,
        Output = new ObjectOutput
        {
            Bucket = "lake", ErrorPrefix = "failed/!{firehose:error-output-type}/",
        },
    };

    private Task<DeliveryLake> CreateAsync(ScriptedEndpoint endpoint, bool backupAll) =>
        CreateAsync(endpoint, backupAll, Faults.None);

    private async Task<DeliveryLake> CreateAsync(ScriptedEndpoint endpoint, bool backupAll, Faults faults)
    {
        var lake = await DeliveryLake.CreateAsync(
            _directory.Path, _time, faults, new ScriptedFunctions(), endpoint);
        await lake.Delivery.PutAsync(DeliveryLake.Spec with { Destination = To(backupAll) }, default);
        return lake;
    }
}
