using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using ICSharpCode.SharpZipLib.Checksum;
using Tarn.Formats.Compression;
using Tarn.Primitives.Errors;

namespace Tarn.Formats.Avro;

/// <summary>
/// An object container file: a header with schema and codec, then blocks of rows. Reading throws Damaged for bytes that
/// are none, Unsupported for a codec that cannot be read, LimitExceeded for blocks that unpack to too much.
/// </summary>
/// <remarks>
/// Layout: <c>Obj\x01</c>, a map of bytes with <c>avro.schema</c> and <c>avro.codec</c>, a marker of 16 bytes; then per
/// block the number of rows, the number of bytes, the packed rows, the marker again.
/// </remarks>
public sealed class AvroContainer : IDisposable
{
    private const int MarkerBytes = 16;
    private const int HeaderBytesMax = 16 << 20;
    private const int BlockBytesMax = 1 << 30;

    private readonly Stream _source;
    private readonly long _bytesMax;
    private readonly string _codec = "null";
    private readonly byte[] _marker;
    private byte[] _block = [];

    /// <param name="source">Taken over; it can seek.</param>
    /// <param name="bytesMax">That one block may unpack to.</param>
    public AvroContainer(Stream source, long bytesMax)
    {
        _source = new BufferedStream(source, 1 << 16);
        _bytesMax = Math.Min(bytesMax, BlockBytesMax);
        try
        {
            if (!Read(4).SequenceEqual("Obj\u0001"u8))
            {
                throw Damaged("it does not begin as one");
            }

            string? schema = null;
            foreach (var (key, value) in ReadMap())
            {
                switch (key)
                {
                    case "avro.schema":
                        schema = Encoding.UTF8.GetString(value);
                        break;
                    case "avro.codec":
                        _codec = Encoding.UTF8.GetString(value);
                        break;
                }
            }

            _marker = Read(MarkerBytes).ToArray();
            Schema = AvroType.Parse(schema ?? throw Damaged("it has no schema"));
        }
        catch (TarnException failure) when (failure.Kind == ErrorKind.Invalid)
        {
            _source.Dispose();
            throw Damaged(failure.Message);
        }
        catch (Exception)
        {
            _source.Dispose();
            throw;
        }
    }

    public AvroType Schema { get; }

    /// <summary>The next block's rows, good until the one after; false at the end.</summary>
    public bool TryReadBlock(out long rows, out byte[] bytes, out int count)
    {
        (rows, bytes, count) = (0, _block, 0);
        var first = _source.ReadByte();
        if (first < 0)
        {
            return false;
        }

        rows = ReadLong(first);
        var size = ReadLong(_source.ReadByte());
        if (rows < 0 || size < 0 || size > BlockBytesMax || size > _source.Length - _source.Position)
        {
            throw Damaged("a block ends early");
        }

        var packed = Read((int)size).ToArray();
        if (!Read(MarkerBytes).SequenceEqual(_marker))
        {
            throw Damaged("a block does not end with the file's marker");
        }

        _block = Unpack(packed);
        (bytes, count) = (_block, _block.Length);
        return true;
    }

    public void Dispose() => _source.Dispose();

    private static TarnException Damaged(string what) =>
        new(ErrorKind.Damaged, "it is no Avro file, or a damaged one: " + what);

    private List<(string Key, byte[] Value)> ReadMap()
    {
        var members = new List<(string, byte[])>();
        for (var count = ReadLong(_source.ReadByte()); count != 0; count = ReadLong(_source.ReadByte()))
        {
            if (count < 0)
            {
                ReadLong(_source.ReadByte());
                count = -count;
            }

            for (var i = 0L; i < count; i++)
            {
                var key = Encoding.UTF8.GetString(ReadSized());
                members.Add((key, ReadSized().ToArray()));
            }
        }

        return members;
    }

    private byte[] ReadSized() => ReadLong(_source.ReadByte()) is >= 0 and <= HeaderBytesMax and var size
        ? Read((int)size).ToArray()
        : throw Damaged("its header is longer than any");

    private long ReadLong(int first)
    {
        var value = 0UL;
        var part = first;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (part < 0)
            {
                break;
            }

            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return (long)(value >> 1) ^ -(long)(value & 1);
            }

            part = _source.ReadByte();
        }

        throw Damaged("it ends early");
    }

    private ReadOnlySpan<byte> Read(int size)
    {
        if (size > _source.Length - _source.Position)
        {
            throw Damaged("it ends early");
        }

        var bytes = new byte[size];
        _source.ReadExactly(bytes);
        return bytes;
    }

    private byte[] Unpack(byte[] packed)
    {
        switch (_codec)
        {
            case "null":
                return packed;
            case "deflate":
                return Inflate(packed);
            case "snappy":
                return Unsnap(packed);
            case "zstandard":
                return CompressionCodec.Decompress(packed, CompressionFormat.Zstd, _bytesMax);
            case "bzip2":
                return CompressionCodec.Decompress(packed, CompressionFormat.Bzip2, _bytesMax);
            default:
                throw new TarnException(
                    ErrorKind.Unsupported,
                    $"the Avro codec '{_codec}' is not supported",
                    hint: "null, deflate, snappy, zstandard and bzip2 are") { Code = "HIVE_UNSUPPORTED_FORMAT" };
        }
    }

    private byte[] Inflate(byte[] packed)
    {
        using var source = new DeflateStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var bounded = new DecompressedStream(source, "deflate", _bytesMax);
        using var plain = new MemoryStream();
        bounded.CopyTo(plain);
        return plain.ToArray();
    }

    /// <summary>A raw block, then the checksum of what it unpacks to, big-endian.</summary>
    private static byte[] Unsnap(byte[] packed)
    {
        if (packed.Length < sizeof(int))
        {
            throw Damaged("a block has no checksum");
        }

        var plain = Array.Empty<byte>();
        try
        {
            Array.Resize(ref plain, SnappyBlock.Unpack(packed.AsSpan(0, packed.Length - sizeof(int)), ref plain, 0));
        }
        catch (InvalidDataException exception)
        {
            throw Damaged(exception.Message);
        }

        var sum = new Crc32();
        sum.Update(plain);
        return (uint)sum.Value == BinaryPrimitives.ReadUInt32BigEndian(packed.AsSpan(packed.Length - sizeof(int)))
            ? plain
            : throw Damaged("the checksum of a block is another");
    }
}
