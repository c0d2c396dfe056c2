using Tarn.Catalog.Tables;
using Tarn.Formats.SerDes;
using Tarn.Jobs.Compaction;
using Tarn.Primitives.Errors;
using Tarn.Testing;

namespace Tarn.Jobs.Tests.Compaction;

/// <summary>A table's properties: read whole, or refused with the property's name.</summary>
public sealed class CompactionSettingsTests
{
    private static readonly TableName Name = new("raw", "events");

    [Fact]
    public void Of_AllProperties_AreReadAndWrittenTheSame()
    {
        var settings = CompactionSettings.Of(Name, EventsTable.Define(SerDeNames.Parquet).Parameters)!;

        Assert.Equal(
            (1L << 20, 15d, 10d), (settings.TargetBytes, settings.After.TotalMinutes, settings.Grace.TotalMinutes));
        Assert.Equal(settings, CompactionSettings.Of(Name, settings.ToProperties()));
        Assert.Null(CompactionSettings.Of(Name, new Dictionary<string, string> { ["classification"] = "json" }));
    }

    [Theory]
    [InlineData("tarn.compaction.target_bytes", "1000")]
    [InlineData("tarn.compaction.target_bytes", "64MiB")]
    [InlineData("tarn.compaction.target_bytes", "2000000000")]
    [InlineData("tarn.compaction.after_minutes", "-1")]
    [InlineData("tarn.compaction.after_minutes", "99999")]
    [InlineData("tarn.compaction.grace_minutes", "0")]
    [InlineData("tarn.compaction.grace_minutes", "")]
    [InlineData("tarn.compaction.target_byte", "1048576")]
    [InlineData("Tarn.Compaction.Target_Bytes", "1048576")]
    public void Of_WhatCannotBeHonoured_IsRefusedByName(string property, string value)
    {
        var properties = new Dictionary<string, string>
        {
            [CompactionSettings.TargetBytesName] = "1048576",
            [property] = value,
        };

        var failure = Assert.Throws<TarnException>(() => CompactionSettings.Of(Name, properties));

        Assert.Equal(ErrorKind.Invalid, failure.Kind);
        Assert.Contains($"'{property}'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_SettingsWithoutATarget_AreRefused()
    {
        var properties = new Dictionary<string, string> { [CompactionSettings.GraceMinutesName] = "5" };

        var failure = Assert.Throws<TarnException>(() => CompactionSettings.Of(Name, properties));

        Assert.Contains(CompactionSettings.TargetBytesName, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateAndUpdateTable_SettingsThatCannotBeHonoured_AreRefusedBeforeTheyAreStored()
    {
        using var directory = new TempDirectory();
        await using var lake = await JobsLake.OpenAsync(directory.Path, JobsLake.NewTime(), Faults.None);
        await lake.Catalog.CreateDatabaseAsync(new() { Name = "raw" }, default);
        var csv = EventsTable.Define("org.apache.hadoop.hive.serde2.OpenCSVSerde");

        var created = await Assert.ThrowsAsync<TarnException>(() => lake.Catalog.CreateTableAsync(csv, default));
        Assert.Equal(ErrorKind.Unsupported, created.Kind);
        Assert.Contains(CompactionSettings.TargetBytesName, created.Message, StringComparison.Ordinal);
        Assert.Null(await lake.Catalog.FindTableAsync(Name, default));

        var table = await lake.Catalog.CreateTableAsync(EventsTable.Define(SerDeNames.HiveJson), default);
        var wrong = new Dictionary<string, string> { [CompactionSettings.TargetBytesName] = "big" };
        var updated = await Assert.ThrowsAsync<TarnException>(
            () => lake.Catalog.UpdateTableAsync(table with { Parameters = wrong }, default));
        Assert.Contains("'big'", updated.Message, StringComparison.Ordinal);
        Assert.Equal(table.Version, (await lake.Catalog.FindTableAsync(Name, default))!.Version);
    }
}
