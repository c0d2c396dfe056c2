using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Tarn.Delivery.Batches;
using Tarn.Delivery.Suggestions;

namespace Tarn.Delivery.Tests.Batches;

public sealed class FlatObjectTests
{
    private const string Usual = """{"id":"a7","user":"žofie","score":-12.50,"won":true,"note":null,"n":0}""";

    private static readonly string[] Columns = ["id", "user", "score", "won", "note", "n"];

    [Theory]
    [InlineData(Usual, true)]
    [InlineData(Usual + "\n", true)]
    [InlineData("""{"id":"b"}""", true)]
    [InlineData("""{"id":"b","user":"c"}""", true)]
    [InlineData("""{"id":"b","score":1}""", false)]
    [InlineData("""{"id": "b"}""", false)]
    [InlineData("""{"id":"b\\n"}""", false)]
    [InlineData("""{"id":{}}""", false)]
    [InlineData("""{"id":1e5}""", false)]
    [InlineData("""{"id":01}""", false)]
    [InlineData("""{"id":1.}""", false)]
    [InlineData("""{"id":-}""", false)]
    [InlineData("""{"id":"b"}}""", false)]
    [InlineData("""{"id":"b",}""", false)]
    [InlineData("""{"id":"b" """, false)]
    [InlineData("""{"more":1}""", false)]
    [InlineData("{}", false)]
    public void Is_AfterAUsualRecord_TakesTheSameMembersInTheirOrder(string record, bool expected) =>
        Assert.Equal(expected, FlatObject.Is(Encoding.UTF8.GetBytes(record), Watch()));

    [Fact]
    public void Is_MutatedRecords_AcceptsOnlyWhatAReaderAccepts()
    {
        const string Letters = "{}[]\",:.-+0123456789eEtruefalsn\\ \n\tbž";
        var random = new Random(5);
        var accepted = 0;
        for (var round = 0; round < 200_000; round++)
        {
            var text = new StringBuilder(Usual);
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                var letter = Letters[random.Next(Letters.Length)];
                var at = random.Next(text.Length);
                _ = random.Next(3) switch
                {
                    0 => text.Remove(at, 1),
                    1 => text.Insert(at, letter),
                    _ => text.Replace(text[at], letter, at, 1),
                };
            }

            var record = Encoding.UTF8.GetBytes(text.ToString());
            Assert.True(Utf8.IsValid(record));
            if (FlatObject.Is(record, Watch()))
            {
                accepted++;
                using var read = JsonDocument.Parse(record);
                Assert.Equal(JsonValueKind.Object, read.RootElement.ValueKind);
            }
        }

        Assert.InRange(accepted, 1_000, 199_000);
    }

    /// <summary>That has seen the usual record.</summary>
    private static MemberWatch Watch()
    {
        var watch = new MemberWatch(Columns);
        Assert.Null(RecordLine.FindFault(Encoding.UTF8.GetBytes(Usual), watch));
        return watch;
    }
}
