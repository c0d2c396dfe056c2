using System.Text;
using Tarn.Delivery.History;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects;
using Tarn.Testing;

namespace Tarn.Delivery.Tests.History;

/// <summary>Records are had back up to the checkpoints, each once, or refused with the reason.</summary>
public sealed class StoredRecordsTests
{
    [Fact]
    public async Task Find_SomeDelivered_SomeUnderWay_GivesThoseBelowTheCheckpoint()
    {
        using var directory = new TempDirectory();
        var isDown = false;
        var faults = Faults.Where(point =>
            Volatile.Read(ref isDown) && point.StartsWith("put:after:s3://lake/raw/", StringComparison.Ordinal));
        await using var lake = await DeliveryLake.CreateAsync(directory.Path, DeliveryLake.NewTime(), faults);
        await lake.Delivery.PutAsync(DeliveryLake.Spec, CancellationToken.None);
        await lake.AppendAsync("{\"n\":1}", "{\"n\":\n2}", "no json");
        await lake.FlushAsync();
        lake.Time.Advance(TimeSpan.FromHours(2));
        await lake.AppendAsync("{\"n\":3}");
        await lake.FlushAsync();
        Volatile.Write(ref isDown, true);
        var outcomes = await lake.AppendAsync("{\"n\":4}");
        var flush = lake.FlushAsync();
        await faults.Hit;

        var found = await lake.History.FindAsync("scores", CancellationToken.None);

        Assert.Equal(3, (await lake.KeysAsync("raw/scores/")).Count);
        Assert.Equal("scores-to-lake", found.Delivery);
        Assert.Equal(outcomes[0].SequenceNumber.Value, Assert.Single(found.Next).Value);
        Assert.Equal("{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n", await TextAsync(lake, found));
        Volatile.Write(ref isDown, false);
        await flush;
        Assert.EndsWith("{\"n\":4}\n", await TextAsync(lake, await lake.History.FindAsync("scores", default)));
    }

    [Fact]
    public async Task Find_AnObjectIsGone_Refused()
    {
        using var directory = new TempDirectory();
        await using var lake = await OpenAsync(directory, DeliveryLake.Spec);
        await lake.AppendAsync("{\"n\":1}");
        await lake.FlushAsync();
        await lake.Store.DeleteAsync(
            new ObjectKey("lake", (await lake.KeysAsync("raw/scores/"))[0]), CancellationToken.None);

        var refusal = await Assert.ThrowsAsync<TarnException>(() => lake.History.FindAsync("scores", default));

        Assert.Equal(ErrorKind.Unsupported, refusal.Kind);
        Assert.EndsWith("it has delivered 1 objects, and 0 of them are where it writes", refusal.Message);
    }

    [Fact]
    public async Task Find_StepsOrFrom_RefusedByName()
    {
        var objects = (ObjectDestination)DeliveryLake.Spec.Destination;
        var from = new DeliverySource.FromStream("scores") { From = DateTimeOffset.UnixEpoch };
        var step = new DeaggregateStep { Form = SubRecordForm.Json };
        (DeliverySpec Spec, string Reason)[] cases =
        [
            (DeliveryLake.Spec with { Destination = objects with { Steps = [step] } },
                "its step 'Deaggregate' changes records"),
            (DeliveryLake.Spec with { Source = from }, "it left out records that arrived before"),
            (DeliveryLake.Spec with { Destination = objects with { Form = RecordForm.Raw } },
                "it writes records as they come"),
        ];
        foreach (var (spec, reason) in cases)
        {
            var refusal = Assert.Throws<TarnException>(() => DeliveredForm.Check(spec, badRecords: 0));
            Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        }

        DeliveredForm.Check(DeliveryLake.Spec, badRecords: 5);
        using var directory = new TempDirectory();
        await using var lake = await OpenAsync(directory, DeliveryLake.Spec);
        var none = await Assert.ThrowsAsync<TarnException>(() => lake.History.FindAsync("other", default));
        Assert.Equal("stream 'other' is not delivered to a table", none.Message);
    }

    private static async Task<DeliveryLake> OpenAsync(TempDirectory directory, DeliverySpec spec)
    {
        var lake = await DeliveryLake.CreateAsync(directory.Path, DeliveryLake.NewTime(), Faults.None);
        await lake.Delivery.PutAsync(spec, CancellationToken.None);
        return lake;
    }

    private static async Task<string> TextAsync(DeliveryLake lake, DeliveredRecords found)
    {
        var text = new StringBuilder();
        foreach (var item in found.Objects)
        {
            await using var lines = await lake.History.OpenAsync(item, CancellationToken.None);
            using var reader = new StreamReader(lines);
            text.Append(await reader.ReadToEndAsync());
        }

        return text.ToString();
    }
}
