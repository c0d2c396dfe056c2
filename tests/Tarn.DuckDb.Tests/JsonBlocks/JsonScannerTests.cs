using System.Text;
using System.Text.Json;
using Tarn.DuckDb.JsonBlocks;

namespace Tarn.DuckDb.Tests.JsonBlocks;

/// <summary>The scanner must take and refuse what .NET's reader does, and give the same tokens.</summary>
public sealed class JsonScannerTests
{
    private static readonly string[] Seeds =
    [
        """{"a":1,"b":-0.5e+10,"c":"x\"\\\u00e9y","d":[1,2,[]],"e":{"f":null,"g":true,"h":false},"i":{}}""",
        """ { "a" : [ { "b" : "c" } , 12 , "" ] } {"z":0}[1,2] "text" 17 null true """,
        """{"long":"a text that is much longer than a vector of 32 bytes, with \n in it and more after it"}""",
        """[0,-0,10,1.25,1e5,1E-5,2.5e+3,"\/\b\f\r\t"]""",
    ];

    [Fact]
    public void Read_SeededMutations_AgreesWithTheReaderOfTheRuntime()
    {
        const string Letters = "{}[]\",:\\0123456789.-+eEtrufalsn \n\t\u0001x/";
        var random = new Random(20261123);
        var (taken, refused) = (0, 0);
        for (var round = 0; round < 60_000; round++)
        {
            var text = new StringBuilder(Seeds[round % Seeds.Length]);
            for (var change = round < Seeds.Length ? 0 : random.Next(1, 4); change > 0; change--)
            {
                var at = random.Next(text.Length);
                switch (random.Next(3))
                {
                    case 0:
                        text[at] = Letters[random.Next(Letters.Length)];
                        break;
                    case 1:
                        text.Remove(at, Math.Min(random.Next(1, 4), text.Length - at));
                        break;
                    default:
                        text.Insert(at, Letters[random.Next(Letters.Length)]);
                        break;
                }
            }

            var json = Encoding.UTF8.GetBytes(text.ToString());
            var expected = OfReader(json);
            Assert.Equal((text.ToString(), expected), (text.ToString(), OfScanner(json)));
            taken += expected is null ? 0 : 1;
            refused += expected is null ? 1 : 0;
        }

        Assert.True(taken > 5_000 && refused > 5_000, $"{taken} taken, {refused} refused");
    }

    [Theory]
    [InlineData(64)]
    [InlineData(65)]
    public void Read_Nesting_IsBoundedAsThatOfTheReader(int depth)
    {
        var json = Encoding.UTF8.GetBytes(
            string.Concat(Enumerable.Repeat("[{\"a\":", depth / 2)) + (depth % 2 == 0 ? "1" : "[]")
            + string.Concat(Enumerable.Repeat("}]", depth / 2)));

        Assert.Equal(OfReader(json), OfScanner(json));
        Assert.Equal(depth == 64, OfScanner(json) is not null);
    }

    [Fact]
    public void Skip_AnyToken_EndsWhereTheReaderDoes()
    {
        var json = Encoding.UTF8.GetBytes(Seeds[0]);
        var tokens = OfScanner(json)!.Split('\n').Length;
        for (var count = 1; count < tokens; count++)
        {
            var scanner = new JsonScanner(json);
            var reader = new Utf8JsonReader(json);
            for (var index = 0; index < count; index++)
            {
                Assert.True(scanner.Read() && reader.Read());
            }

            scanner.Skip();
            reader.Skip();

            Assert.Equal((reader.TokenType, reader.BytesConsumed), (scanner.TokenType, scanner.Consumed));
        }
    }

    /// <summary>A line per token, or null for what is not JSON.</summary>
    private static string? OfReader(byte[] json)
    {
        var tokens = new StringBuilder();
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { AllowMultipleValues = true });
            while (reader.Read())
            {
                var value = HasValue(reader.TokenType) ? Encoding.UTF8.GetString(reader.ValueSpan) : "";
                var isEscaped = HasEscapes(reader.TokenType) && reader.ValueIsEscaped;
                tokens.Append($"{reader.TokenType} {reader.TokenStartIndex} {isEscaped} {value}\n");
            }

            return tokens.ToString();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? OfScanner(byte[] json)
    {
        var tokens = new StringBuilder();
        try
        {
            var scanner = new JsonScanner(json);
            while (scanner.Read())
            {
                var value = HasValue(scanner.TokenType) ? Encoding.UTF8.GetString(scanner.ValueSpan) : "";
                var isEscaped = HasEscapes(scanner.TokenType) && scanner.ValueIsEscaped;
                tokens.Append($"{scanner.TokenType} {scanner.TokenStart} {isEscaped} {value}\n");
            }

            return tokens.ToString();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool HasEscapes(JsonTokenType type) => type is JsonTokenType.String or JsonTokenType.PropertyName;

    private static bool HasValue(JsonTokenType type) =>
        type is not (JsonTokenType.StartObject or JsonTokenType.StartArray or JsonTokenType.EndObject
            or JsonTokenType.EndArray);
}
