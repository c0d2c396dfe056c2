using System.Text;
using Tarn.Delivery.Conversion;
using Tarn.Delivery.Processing;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Testing;

namespace Tarn.Delivery.Tests.Conversion;

public sealed class RecordSpoolTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 4, 5, 6, 789, TimeSpan.Zero);
    private readonly TempDirectory _directory = new();

    private string SpoolPath => Path.Combine(_directory.Path, "spool");

    [Theory]
    [InlineData(1, 10, 8192)]
    [InlineData(20_000, 100, 8192)]
    [InlineData(5, 1_000_000, 8192)]
    [InlineData(3000, 0, 7)]
    public void Read_WhatWasAppended_IsTheSame(int count, int dataBytes, int recordsMax)
    {
        var expected = Enumerable.Range(0, count).Select(index => Make(index, dataBytes)).ToList();
        using var spool = Write(expected);

        var read = Read(recordsMax);

        Assert.Equal(expected.Select(Text), read);
        Assert.Equal(count, spool.Records);
        Assert.Equal(expected.Sum(record => record.Data.Length), spool.DataBytes);
    }

    [Fact]
    public void Read_NothingAppended_IsEmpty()
    {
        using var spool = Write([]);

        Assert.Empty(Read(8192));
    }

    [Fact]
    public void Read_FileCutWithinARecord_IsDamaged()
    {
        using var spool = Write([Make(0, 100), Make(1, 100)]);
        using (var file = new FileStream(SpoolPath, FileMode.Open))
        {
            file.SetLength(file.Length - 1);
        }

        var failure = Assert.Throws<TarnException>(() => Read(8192));

        Assert.Equal(ErrorKind.Damaged, failure.Kind);
    }

    [Fact]
    public void Dispose_AtAnyTime_RemovesTheFile()
    {
        using var complete = Write([Make(0, 100)]);
        Assert.True(File.Exists(SpoolPath));
        complete.Dispose();
        Assert.False(File.Exists(SpoolPath));

        var open = new RecordSpool(SpoolPath);
        open.Append(Make(0, 100_000));
        open.Append(Make(1, 100_000));
        Assert.True(File.Exists(SpoolPath));
        open.Dispose();
        Assert.False(File.Exists(SpoolPath));
        Assert.Throws<ObjectDisposedException>(() => open.Append(Make(2, 1)));
    }

    public void Dispose() => _directory.Dispose();

    private static FlowRecord Make(int index, int dataBytes) => new(
        Encoding.ASCII.GetBytes(new string((char)('a' + (index % 26)), dataBytes)),
        Start.AddTicks(index),
        new SequenceNumber(ulong.MaxValue - (ulong)index),
        index % 3,
        Encoding.UTF8.GetBytes($"key-{index}"),
        QueryKeys: null,
        LambdaKeys: null);

    private static string Text(FlowRecord record) =>
        $"{record.ArrivalTime.Ticks} {record.Sequence} {record.SubSequence}"
        + $" {Encoding.UTF8.GetString(record.PartitionKey.Span)} {Encoding.UTF8.GetString(record.Data.Span)}";

    private RecordSpool Write(IEnumerable<FlowRecord> records)
    {
        var spool = new RecordSpool(SpoolPath);
        foreach (var record in records)
        {
            spool.Append(record);
        }

        spool.Complete();
        return spool;
    }

    private List<string> Read(int recordsMax)
    {
        using var reader = new SpoolReader(SpoolPath, recordsMax);
        var block = new SpoolBlock();
        var texts = new List<string>();
        while (reader.TryRead(block))
        {
            Assert.InRange(block.Count, 1, recordsMax);
            texts.AddRange(Enumerable.Range(0, block.Count).Select(index => Text(block[index])));
            Assert.True(block.Payload(0).Span.SequenceEqual(block[0].Data.Span));
        }

        return texts;
    }
}
