using System.Formats.Cbor;

namespace Tarn.Aws.Tests.Scenes;

/// <summary>CBOR as a Java SDK writes and reads it: maps, lists, text, blobs, integers, tagged milliseconds.</summary>
internal static class CborValues
{
    /// <param name="openLengths">Maps and lists without a length, as Jackson writes them.</param>
    public static byte[] Write(object value, bool openLengths = true)
    {
        var writer = new CborWriter(CborConformanceMode.Lax);
        Write(writer, value, openLengths);
        return writer.Encode();
    }

    /// <summary>Maps become dictionaries, tag 1 becomes a point in time of that many milliseconds.</summary>
    public static object? Read(byte[] bytes)
    {
        var reader = new CborReader(bytes, CborConformanceMode.Strict);
        var value = Read(reader);
        Assert.Equal(0, reader.BytesRemaining);
        return value;
    }

    public static Dictionary<string, object?> ReadMap(byte[] bytes) => (Dictionary<string, object?>)Read(bytes)!;

    public static Dictionary<string, object> Map(params (string Name, object Value)[] members) =>
        members.ToDictionary(member => member.Name, member => member.Value);

    private static void Write(CborWriter writer, object value, bool open)
    {
        switch (value)
        {
            case Dictionary<string, object> map:
                writer.WriteStartMap(open ? null : map.Count);
                foreach (var (name, member) in map)
                {
                    writer.WriteTextString(name);
                    Write(writer, member, open);
                }

                writer.WriteEndMap();
                break;
            case object[] list:
                writer.WriteStartArray(open ? null : list.Length);
                Array.ForEach(list, item => Write(writer, item, open));
                writer.WriteEndArray();
                break;
            case string text:
                writer.WriteTextString(text);
                break;
            case byte[] blob:
                writer.WriteByteString(blob);
                break;
            case int number:
                writer.WriteInt64(number);
                break;
            case double number:
                writer.WriteDouble(number);
                break;
            case bool flag:
                writer.WriteBoolean(flag);
                break;
            case DateTimeOffset time:
                writer.WriteTag(CborTag.UnixTimeSeconds);
                writer.WriteInt64(time.ToUnixTimeMilliseconds());
                break;
            default:
                throw new ArgumentException($"no CBOR for {value.GetType()}");
        }
    }

    private static object? Read(CborReader reader)
    {
        switch (reader.PeekState())
        {
            case CborReaderState.StartMap:
                var map = new Dictionary<string, object?>();
                reader.ReadStartMap();
                while (reader.PeekState() != CborReaderState.EndMap)
                {
                    map.Add(reader.ReadTextString(), Read(reader));
                }

                reader.ReadEndMap();
                return map;
            case CborReaderState.StartArray:
                var list = new List<object?>();
                reader.ReadStartArray();
                while (reader.PeekState() != CborReaderState.EndArray)
                {
                    list.Add(Read(reader));
                }

                reader.ReadEndArray();
                return list;
            case CborReaderState.TextString:
                return reader.ReadTextString();
            case CborReaderState.ByteString:
                return reader.ReadByteString();
            case CborReaderState.Boolean:
                return reader.ReadBoolean();
            case CborReaderState.Tag:
                Assert.Equal(CborTag.UnixTimeSeconds, reader.ReadTag());
                return DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64());
            case CborReaderState.DoublePrecisionFloat:
                return reader.ReadDouble();
            case CborReaderState.Null:
                reader.ReadNull();
                return null;
            default:
                return reader.ReadInt64();
        }
    }
}
