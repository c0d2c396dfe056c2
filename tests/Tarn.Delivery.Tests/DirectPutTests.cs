using System.Text;
using Microsoft.Extensions.Time.Testing;
using Tarn.Formats.Compression;
using Tarn.Primitives.Errors;
using Tarn.Streams.Records;
using Tarn.Testing;

namespace Tarn.Delivery.Tests;

/// <summary>Delivery streams that records are put into, and plain destinations below custom prefixes.</summary>
public sealed class DirectPutTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = DeliveryLake.NewTime();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Append_RawRecords_StandOneAfterTheOtherBelowTheDefaultPrefix()
    {
        await using var lake = await CreateAsync(Plain(output => output));

        await PutAsync(lake, "one\n", "two", "three\0");
        await FlushAsync(lake);

        var key = Assert.Single(await lake.KeysAsync(""));
        Assert.StartsWith("2026/11/23/04/events-shardId-000000000000-", key, StringComparison.Ordinal);
        Assert.Equal("one\ntwothree\0", await lake.ReadAsync(key));
    }

    [Fact]
    public async Task Append_AfterARestart_GoesOnInTheSameLog()
    {
        await using (var lake = await CreateAsync(Plain(output => output)))
        {
            await PutAsync(lake, "one");
        }

        await using var again = await DeliveryLake.OpenAsync(_directory.Path, _time, Faults.None);
        await PutAsync(again, "two");
        await FlushAsync(again);

        Assert.Equal("onetwo", string.Concat(await again.LinesAsync("")));
        Assert.Equal(["scores"], again.Streams.List().Select(stream => stream.Name));
    }

    [Fact]
    public async Task Append_ToOneThatReadsAStream_IsRefusedWithTheStreamsName()
    {
        await using var lake = await DeliveryLake.CreateAsync(_directory.Path, _time, Faults.None);
        await lake.Delivery.PutAsync(DeliveryLake.Spec, default);

        var failure = await Assert.ThrowsAsync<TarnException>(
            async () => await lake.Delivery.AppendAsync(DeliveryLake.Spec.Name, Entries("x"), Outcomes(1), default));

        Assert.Equal(ErrorKind.Invalid, failure.Kind);
        Assert.Contains("'scores'", failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prefix_InAZoneWithAnExtension_NamesObjectsSo()
    {
        await using var lake = await CreateAsync(Plain(output => output with
        {
            Prefix = "in/!{timestamp:yyyy-MM-dd'T'HH}/",
            ErrorPrefix = "failed/!{firehose:error-output-type}/",
            TimeZone = "Asia/Tokyo",
            FileExtension = ".log.gz",
            Compression = CompressionFormat.Gzip,
        }));

        await PutAsync(lake, "one");
        await FlushAsync(lake);

        var key = Assert.Single(await lake.KeysAsync(""));
        Assert.Matches(@"\Ain/2026-11-23T13/events-shardId-000000000000-\d+-\d+\.log\.gz\z", key);
        Assert.Equal("one", await lake.ReadAsync(key));
    }

    [Fact]
    public async Task Backup_OfSourceRecords_HoldsThemAsTheyCame()
    {
        var backup = new ObjectOutput
        {
            Bucket = "lake", Prefix = "source/", ErrorPrefix = "source-failed/", BufferSeconds = 900,
        };
        var destination = new ObjectDestination
        {
            Output = new ObjectOutput { Bucket = "lake", Prefix = "out/" },
            Form = RecordForm.JsonLines,
            Backup = backup,
        };
        await using var lake = await CreateAsync(new DeliverySpec
        {
            Name = "events", Source = new DeliverySource.DirectPut(), Destination = destination,
        });

        await PutAsync(lake, """{"n":1}""", "broken");
        await FlushAsync(lake);

        Assert.Equal(["""{"n":1}"""], await lake.LinesAsync("out/2026/"));
        Assert.Equal(["""{"n":1}broken"""], await lake.LinesAsync("source/2026/"));
        Assert.Single(await lake.LinesAsync("out/processing-failed/2026/11/23/04/"));
        var status = (await lake.Delivery.FindAsync("events", default))!;
        Assert.Equal((1, 1), (status.Records, status.BadRecords));
        Assert.Equal([false, true], status.Shards.Select(shard => shard.IsBackup));
    }

    [Fact]
    public async Task Delete_TakesItsLogAlong()
    {
        await using var lake = await CreateAsync(Plain(output => output));
        await PutAsync(lake, "one");
        await lake.Delivery.DeleteAsync("events", default);

        await lake.Delivery.CreateAsync(Plain(output => output), DeliveryTags.None, default);
        await PutAsync(lake, "two");
        await FlushAsync(lake);

        Assert.Equal(["two"], await lake.LinesAsync(""));
    }

    [Fact]
    public async Task Update_WithAnOldVersion_IsAConflict()
    {
        await using var lake = await CreateAsync(Plain(output => output));

        var changed = await lake.Delivery.UpdateAsync(
            "events", 1, _ => Plain(output => output with { Prefix = "b/" }).Destination, default);
        var late = await Assert.ThrowsAsync<TarnException>(
            () => lake.Delivery.UpdateAsync("events", 1, same => same, default));

        Assert.Equal(2, changed.Version);
        Assert.Equal(ErrorKind.Conflict, late.Kind);
    }

    [Fact]
    public async Task Tag_ThereAndBack_StaysAfterARestart()
    {
        await using (var lake = await CreateAsync(Plain(output => output)))
        {
            await lake.Delivery.TagAsync("events", tags => tags.Add("team", "games").Add("x", ""), default);
            await lake.Delivery.TagAsync("events", tags => tags.Remove("x"), default);
        }

        await using var again = await DeliveryLake.OpenAsync(_directory.Path, _time, Faults.None);
        var status = (await again.Delivery.FindAsync("events", default))!;
        Assert.Equal("team", Assert.Single(status.Tags).Key);
        Assert.Equal(1, status.Version);
    }

    private static DeliverySpec Plain(Func<ObjectOutput, ObjectOutput> change) => new()
    {
        Name = "events",
        Source = new DeliverySource.DirectPut(),
        Destination = new ObjectDestination { Output = change(new ObjectOutput { Bucket = "lake" }) },
    };

    private static StreamEntry[] Entries(params string[] payloads) =>
        [.. payloads.Select(payload => new StreamEntry("k"u8.ToArray(), Encoding.UTF8.GetBytes(payload)))];

    private static AppendOutcome[] Outcomes(int count) => new AppendOutcome[count];

    private static async Task PutAsync(DeliveryLake lake, params string[] payloads)
    {
        var outcomes = Outcomes(payloads.Length);
        await lake.Delivery.AppendAsync("events", Entries(payloads), outcomes, default);
        Assert.All(outcomes, outcome => Assert.Null(outcome.Error));
    }

    private static Task FlushAsync(DeliveryLake lake) => lake.FlushAsync("events");

    private async Task<DeliveryLake> CreateAsync(DeliverySpec spec)
    {
        var lake = await DeliveryLake.CreateAsync(_directory.Path, _time, Faults.None);
        await lake.Delivery.CreateAsync(spec, DeliveryTags.None, default);
        return lake;
    }
}
