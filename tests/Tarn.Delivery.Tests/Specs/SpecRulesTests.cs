using Tarn.Catalog.Tables;
using Tarn.Delivery.Specs;
using Tarn.Formats.Compression;
using Tarn.Formats.SerDes;
using Tarn.Primitives.Errors;

namespace Tarn.Delivery.Tests.Specs;

public sealed class SpecRulesTests
{
    private static readonly DeliverySpec Spec = new() { Name = "d", Stream = "s", Database = "raw", Table = "scores" };

    public static TheoryData<string, DeliverySpec> Refused => new()
    {
        { "name", Spec with { Name = "a/b" } },
        { "name", Spec with { Name = "" } },
        { "seconds", Spec with { BufferSeconds = 0 } },
        { "seconds", Spec with { BufferSeconds = 901 } },
        { "bytes", Spec with { BufferBytesMax = (1 << 20) - 1 } },
        { "bytes", Spec with { BufferBytesMax = (128 << 20) + 1 } },
        { "prefix", Spec with { Prefix = "/raw/" } },
        { "expression", Spec with { Prefix = "raw/!{timestamp:yyyy}/" } },
        { "compression", Spec with { Compression = (CompressionFormat)99 } },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Check_SettingOutOfRange_IsRefusedByName(string word, DeliverySpec spec)
    {
        var failure = Assert.Throws<TarnException>(() => SpecRules.Check(spec));

        Assert.Contains(word, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CheckTable_NoSuchTable_HasAHint()
    {
        var failure = Assert.Throws<TarnException>(() => SpecRules.CheckTable(Spec, null));

        Assert.Contains("table 'raw.scores'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("year, month, day, hour", failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void CheckTable_OtherPartitionKeys_IsRefused()
    {
        var failure = Assert.Throws<TarnException>(() =>
            SpecRules.CheckTable(Spec, Table(SerDeNames.OpenXJson, "year", "month", "day")));

        Assert.Equal("its partition keys are year string, month string, day string", failure.Detail);
    }

    [Fact]
    public void CheckTable_ParquetTable_IsRefused()
    {
        var failure = Assert.Throws<TarnException>(() =>
            SpecRules.CheckTable(Spec, Table(SerDeNames.Parquet, "year", "month", "day", "hour")));

        Assert.Contains("does not read JSON lines", failure.Message, StringComparison.Ordinal);
    }

    private static Table Table(string serDe, params string[] keys) => new()
    {
        Name = new TableName("raw", "scores"),
        PartitionKeys = [.. keys.Select(key => new Column(key, "string"))],
        Storage = new StorageDescriptor { SerDe = serDe },
    };
}
