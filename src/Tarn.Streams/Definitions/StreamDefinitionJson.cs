using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tarn.Primitives.Errors;

namespace Tarn.Streams.Definitions;

/// <summary>
/// Writes and reads the JSON of a stream's resource. Numbers above 2^53 are strings. An unknown member is refused: it
/// was written by a later version, and dropping it would undo what it says.
/// </summary>
internal static class StreamDefinitionJson
{
    public static string Write(StreamDefinition definition) =>
        JsonSerializer.Serialize(definition, StreamDefinitionJsonContext.Default.StreamDefinition);

    public static StreamDefinition Read(string name, string json)
    {
        try
        {
            var read = JsonSerializer.Deserialize(json, StreamDefinitionJsonContext.Default.StreamDefinition)!;
            return IsWhole(read.Shards)
                ? read
                : throw new JsonException("its open shards do not own every hash key once, in the order of numbers");
        }
        catch (JsonException cause)
        {
            throw new TarnException(
                ErrorKind.Damaged,
                $"the definition of stream '{name}' is not understood",
                cause.Message,
                "it may have been written by a later version of tarn",
                cause);
        }
    }

    private static bool IsWhole(ImmutableArray<ShardDefinition> shards)
    {
        UInt128? next = 0;
        foreach (var shard in shards.Where(shard => shard.IsOpen).OrderBy(shard => shard.HashFrom))
        {
            if (shard.HashFrom != next || shard.HashTo < shard.HashFrom)
            {
                return false;
            }

            next = shard.HashTo == UInt128.MaxValue ? null : shard.HashTo + 1;
        }

        return next is null && shards.Zip(shards.Skip(1)).All(pair => pair.First.Number < pair.Second.Number);
    }

    internal sealed class HashKeyConverter : JsonConverter<UInt128>
    {
        public override UInt128 Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            UInt128.TryParse(reader.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
                ? value
                : throw new JsonException("a hash key is a decimal number below 2^128 in quotes");

        public override void Write(Utf8JsonWriter writer, UInt128 value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
    }
}
