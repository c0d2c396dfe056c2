using Tarn.Formats.Compression;

namespace Tarn.Delivery.Specs;

/// <summary>The settings of a delivery stream as version 1 stored them: a stream to the lake's own layout.</summary>
/// <remarks>
/// Layout: <c>{"name":"…","stream":"…","bucket":"lake","prefix":"raw/","database":"raw","table":"scores",
/// "compression":"Gzip","bufferSeconds":60,"bufferBytesMax":67108864}</c>.
/// </remarks>
internal sealed record FirstSpec
{
    public required string Name { get; init; }

    public required string Stream { get; init; }

    public required string Bucket { get; init; }

    public required string Prefix { get; init; }

    public required string Database { get; init; }

    public required string Table { get; init; }

    public required CompressionFormat Compression { get; init; }

    public required int BufferSeconds { get; init; }

    public required long BufferBytesMax { get; init; }

    public DeliverySpec Upgrade()
    {
        var lake = LakeLayout.Of(new TableTarget(Database, Table), Bucket, Prefix);
        return new DeliverySpec
        {
            Name = Name,
            Source = new DeliverySource.FromStream(Stream),
            Destination = lake with
            {
                Output = lake.Output with
                {
                    Compression = Compression,
                    BufferSeconds = BufferSeconds,
                    BufferBytesMax = BufferBytesMax,
                },
            },
        };
    }
}
