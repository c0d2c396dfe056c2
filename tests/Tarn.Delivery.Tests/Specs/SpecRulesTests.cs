using Microsoft.Extensions.Time.Testing;
using Tarn.Catalog.Tables;
using Tarn.Formats.Compression;
using Tarn.Formats.SerDes;
using Tarn.Primitives.Errors;
using Tarn.Testing;

namespace Tarn.Delivery.Tests.Specs;

public sealed class SpecRulesTests : IDisposable
{
    private const string Folders = "raw/scores/year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/";

    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = DeliveryLake.NewTime();

    public static TheoryData<string, DeliverySpec> Refused => new()
    {
        { "name", DeliveryLake.Spec with { Name = "a/b" } },
        { "name", DeliveryLake.Spec with { Name = "" } },
        { "seconds", DeliveryLake.With(output => output with { BufferSeconds = -1 }) },
        { "seconds", DeliveryLake.With(output => output with { BufferSeconds = 901 }) },
        { "bytes", DeliveryLake.With(output => output with { BufferBytesMax = (1 << 20) - 1 }) },
        { "bytes", DeliveryLake.With(output => output with { BufferBytesMax = (128 << 20) + 1 }) },
        { "prefix", DeliveryLake.With(output => output with { Prefix = "/raw/" }) },
        { "prefix", DeliveryLake.With(output => output with { Prefix = "raw/!{timestamp:yyyy}/" }) },
        { "prefix", DeliveryLake.With(output => output with { Prefix = Folders + "hour=!{timestamp:HH}/more/" }) },
        { "prefix", DeliveryLake.With(output => output with { ErrorPrefix = "" }) },
        { "time zone", DeliveryLake.With(output => output with { TimeZone = "Atlantis/Capital" }) },
        { "extension", DeliveryLake.With(output => output with { FileExtension = "../x" }) },
        { "compression", DeliveryLake.With(output => output with { Compression = (CompressionFormat)99 }) },
        { "stream", DeliveryLake.Spec with { Source = new DeliverySource.FromStream("nope") } },
        { "table", DeliveryLake.Spec with { Destination = LakeLayout.Of(new TableTarget("raw", "nope")) } },
    };

    public void Dispose() => _directory.Dispose();

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Put_SettingOutOfRange_IsRefusedByName(string word, DeliverySpec spec)
    {
        await using var lake = await DeliveryLake.CreateAsync(_directory.Path, _time, Faults.None);

        var failure = await Assert.ThrowsAsync<TarnException>(() => lake.Delivery.PutAsync(spec, default));

        Assert.Contains(word, failure.Message, StringComparison.Ordinal);
        Assert.Empty(await lake.Delivery.ListAsync(default));
    }

    [Fact]
    public async Task Put_TableWithOtherPartitionKeys_IsRefusedWithBoth()
    {
        var failure = await RefuseAsync(DeliveryLake.ScoresTable() with
        {
            PartitionKeys = [new Column("day", "string")],
        });

        Assert.Contains("its partition keys are day", failure.Detail, StringComparison.Ordinal);
        Assert.Contains("year, month, day, hour", failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_ParquetTableWithoutConversion_IsRefused()
    {
        var scores = DeliveryLake.ScoresTable();

        var failure = await RefuseAsync(scores with { Storage = scores.Storage with { SerDe = SerDeNames.Parquet } });

        Assert.Contains("does not read JSON lines", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_TableWithoutPartitionsElsewhere_IsRefused()
    {
        var scores = DeliveryLake.ScoresTable();

        var failure = await RefuseAsync(scores with
        {
            PartitionKeys = [],
            Storage = scores.Storage with { Location = "s3://lake/other/" },
        });

        Assert.Contains("its location is 's3://lake/other/'", failure.Detail, StringComparison.Ordinal);
    }

    private async Task<TarnException> RefuseAsync(Table table)
    {
        await using var lake = await DeliveryLake.CreateAsync(_directory.Path, _time, Faults.None);
        await lake.Catalog.UpdateTableAsync(table, default);
        return await Assert.ThrowsAsync<TarnException>(() => lake.Delivery.PutAsync(DeliveryLake.Spec, default));
    }
}
