using System.Text;
using Tarn.Delivery.Processing;
using static Tarn.Delivery.Tests.Processing.FlowScene;
using static Tarn.Delivery.Tests.Processing.Kpl;

namespace Tarn.Delivery.Tests.Processing.Steps;

public sealed class AggregateOpeningTests
{
    // Written by hand after AWS's page of the format, the digest by another program: keys "a" and "bc", records
    // "one" (a), "" (bc), "three" (a).
    private const string Known =
        "F3899AC20A01610A0262631A0708001A036F6E651A0408011A001A0908001A05746872656545F75F4C83E80852BC0EBDCCEAF89EE8";

    public static TheoryData<string, byte[]> NoAggregates
    {
        get
        {
            var good = Pack(("a", "one"u8.ToArray()), ("b", "two"u8.ToArray()));
            return new()
            {
                { "digest", [.. good[..^1], (byte)(good[^1] ^ 1)] },
                { "cut", good[..^1] },
                { "only magic", Magic },
                { "magic and text", [.. Magic, .. "plain text that is long enough"u8] },
                { "no protobuf", Seal([0xff, 0xff, 0xff]) },
                { "length beyond the end", Seal([0x1a, 0x7f, 1, 2]) },
                { "length beyond all bounds", Seal([0x1a, .. Varint(ulong.MaxValue)]) },
                { "number without an end", Seal([0x08, .. Enumerable.Repeat((byte)0x80, 11)]) },
                { "group", Seal([.. Field(1, "a"u8.ToArray()), 0x1b, 0x1c]) },
                { "key that is not there", Seal(Field(3, [.. Field(1, 0ul), .. Field(3, "x"u8.ToArray())])) },
                {
                    "no data",
                    Seal([.. Field(1, "a"u8.ToArray()), .. Field(3, Field(1, 0ul))])
                },
                {
                    "second record damaged",
                    Seal([
                        .. Field(1, "a"u8.ToArray()),
                        .. Field(3, [.. Field(1, 0ul), .. Field(3, "x"u8.ToArray())]),
                        .. Field(3, [0x1a, 9]),
                    ])
                },
            };
        }
    }

    [Fact]
    public async Task Run_Aggregate_IsItsRecordsWithTheirKeys()
    {
        var output = await RunAsync(Record(8, "plain"), Record(9, Convert.FromHexString(Known)), Record(10, "{}"));

        Assert.Equal(
            [(8ul, 0, "plain"), (9ul, 0, "one"), (9ul, 1, ""), (9ul, 2, "three"), (10ul, 0, "{}")], Places(output));
        Assert.Equal(
            ["key 8", "a", "bc", "a", "key 10"], output.Records.Select(record => Text(record.PartitionKey)));
        Assert.All(
            output.Records,
            record => Assert.Equal(Arrival.AddSeconds(record.Sequence.Value), record.ArrivalTime));
    }

    [Fact]
    public async Task Run_AggregateOfThousands_KeepsThemAll()
    {
        var records = Enumerable.Range(0, 5000).Select(number => ($"k{number % 300}", Bytes($"{number}"))).ToArray();

        var output = await RunAsync(Record(1, Pack(records)));

        Assert.Equal(records.Select((record, at) => (1ul, at, Encoding.UTF8.GetString(record.Item2))), Places(output));
        Assert.Equal(records.Select(record => record.Item1), output.Records.Select(one => Text(one.PartitionKey)));
    }

    [Theory]
    [MemberData(nameof(NoAggregates))]
    public async Task Run_WhatIsNoAggregate_PassesAsItIs(string name, byte[] data)
    {
        var output = await RunAsync(Record(1, data));

        Assert.True(output.Records.Count == 1, name);
        Assert.Equal(data, output.Records[0].Data.ToArray());
        Assert.Empty(output.Failed);
    }

    [Fact]
    public async Task Run_ChangedMessagesUnderAGoodDigest_NeverThrows()
    {
        var message = Pack(("a", Bytes("one")), ("b", Bytes("two")), ("a", Bytes("three")))[4..^16];
        var random = new Random(7);
        var opened = 0;
        for (var round = 0; round < 3000; round++)
        {
            var changed = message.ToArray();
            changed[random.Next(changed.Length)] = (byte)random.Next(256);
            changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));

            var output = await RunAsync(Record(1, Seal(changed)));

            Assert.Empty(output.Failed);
            opened += output.Records is [{ Data.Length: var length }] && length == changed.Length + 20 ? 0 : 1;
        }

        Assert.InRange(opened, 1, 2999);
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static Task<FlowOutput> RunAsync(params FlowRecord[] records) => new FlowScene().RunAsync([], records);
}
