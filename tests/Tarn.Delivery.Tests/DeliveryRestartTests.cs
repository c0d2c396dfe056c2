using Microsoft.Extensions.Time.Testing;
using Tarn.Primitives.Errors;
using Tarn.Testing;

namespace Tarn.Delivery.Tests;

/// <summary>Stopped anywhere and started again: every record once, in files and in the catalog.</summary>
public sealed class DeliveryRestartTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = DeliveryLake.NewTime();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("apply:before:delivery-checkpoint/", 1)]
    [InlineData("apply:after:delivery-checkpoint/", 1)]
    [InlineData("put:before:s3://lake/raw/errors/", 1)]
    [InlineData("put:after:s3://lake/raw/errors/", 1)]
    [InlineData("put:before:s3://lake/raw/scores/", 1)]
    [InlineData("put:after:s3://lake/raw/scores/", 1)]
    [InlineData("apply:before:delivery-checkpoint/", 2)]
    [InlineData("apply:after:delivery-checkpoint/", 2)]
    public async Task Restart_StoppedAtEachStep_DeliversEachRecordOnce(string point, int occurrence)
    {
        var met = 0;
        var faults = Faults.StopAt(at => at.StartsWith(point, StringComparison.Ordinal) && ++met == occurrence);
        await using (var lake = await DeliveryLake.CreateAsync(_directory.Path, _time, faults))
        {
            await lake.Delivery.PutAsync(DeliveryLake.Spec, default);
            await lake.AppendAsync("""{"n":1}""", "bad", """{"n":2}""");
            var flush = lake.Delivery.FlushAsync(DeliveryLake.Spec.Name, default);
            await faults.Hit;
            await lake.AppendAsync("""{"n":3}""");
            await lake.DisposeAsync();
            await Assert.ThrowsAsync<TarnException>(() => flush);
        }

        await using var again = await DeliveryLake.OpenAsync(_directory.Path, _time, Faults.None);
        await again.FlushAsync();

        Assert.Equal(["""{"n":1}""", """{"n":2}""", """{"n":3}"""], await again.LinesAsync());
        Assert.Single(await again.LinesAsync("raw/errors/"));
        await again.ExpectPartitionsToEqualFoldersAsync();
        var status = (await again.Delivery.FindAsync(DeliveryLake.Spec.Name, default))!;
        Assert.Equal((3, 1), (status.Records, status.BadRecords));
    }

    [Theory]
    [InlineData("put:before:s3://lake/raw/scores/", 2)]
    [InlineData("put:after:s3://lake/raw/scores/", 3)]
    [InlineData("apply:before:delivery-checkpoint/", 4)]
    [InlineData("apply:after:delivery-checkpoint/", 5)]
    public async Task Restart_StoppedInABacklogOfBatches_DeliversEachRecordOnce(string point, int occurrence)
    {
        var payloads = Enumerable.Range(0, 12)
            .Select(n => $$"""{"n":{{n}},"text":"{{new string('x', 400_000)}}"}""")
            .ToArray();
        var met = 0;
        var faults = Faults.StopAt(at => at.StartsWith(point, StringComparison.Ordinal) && ++met == occurrence);
        await using (var lake = await DeliveryLake.CreateAsync(_directory.Path, _time, faults))
        {
            await lake.AppendAsync(payloads);
            await lake.Delivery.PutAsync(
                DeliveryLake.With(output => output with { BufferBytesMax = 1 << 20 }), default);
            await faults.Hit;
        }

        await using var again = await DeliveryLake.OpenAsync(_directory.Path, _time, Faults.None);
        await again.FlushAsync();

        Assert.Equal(payloads, await again.LinesAsync());
        Assert.Equal(6, (await again.KeysAsync("raw/scores/")).Count);
        await again.ExpectPartitionsToEqualFoldersAsync();
        Assert.Equal(12, (await again.Delivery.FindAsync(DeliveryLake.Spec.Name, default))!.Records);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Restart_StoresThatFailAtRandom_DeliversEachRecordOnce(int seed)
    {
        var random = new Random(seed);
        var sent = new List<string>();
        await using (var lake = await DeliveryLake.CreateAsync(_directory.Path, _time, Faults.None))
        {
            await lake.Delivery.PutAsync(DeliveryLake.Spec, default);
        }

        for (var round = 0; round < 6; round++)
        {
            await using var lake = await DeliveryLake.OpenAsync(
                _directory.Path, _time, Faults.Random(random.Next(), share: 0.3));
            for (var batch = 0; batch < 4; batch++)
            {
                var payloads = Enumerable.Range(sent.Count, random.Next(1, 40))
                    .Select(n => $$"""{"n":{{n}}}""")
                    .ToArray();
                await lake.AppendAsync(payloads);
                sent.AddRange(payloads);
                _time.Advance(TimeSpan.FromMinutes(random.Next(0, 25)));
                if (random.Next(2) == 0)
                {
                    await lake.FlushAsync();
                }
            }
        }

        await using var last = await DeliveryLake.OpenAsync(_directory.Path, _time, Faults.None);
        await last.FlushAsync();

        Assert.Equal(sent, await last.LinesAsync());
        await last.ExpectPartitionsToEqualFoldersAsync();
        Assert.Equal(sent.Count, (await last.Delivery.FindAsync(DeliveryLake.Spec.Name, default))!.Records);
    }
}
