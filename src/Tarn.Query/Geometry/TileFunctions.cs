using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NetTopologySuite.Geometries;
using Tarn.Primitives.Functions;
using Tarn.Sql.Functions.Native;
using static Tarn.Query.Geometry.GeometryText;

namespace Tarn.Query.Geometry;

/// <summary>Bing tiles, as text <c>{"x":3,"y":5,"zoom":3}</c>.</summary>
internal static partial class TileFunctions
{
    private const int ZoomMax = 23;
    private const double LatitudeMax = 85.05112878;
    private const int TilesMax = 1_000_000;

    public static IEnumerable<ScalarFunction> All { get; } =
    [
        Define.Of("tarn_bing_tile", (long x, long y, long zoom) => Text(Checked(x, y, zoom))),
        Define.Of("tarn_bing_tile_of_key", (string key) => Text(FromKey(key))),
        Define.Of("tarn_bing_tile_at", (double latitude, double longitude, long zoom) =>
            Text(At(latitude, longitude, zoom))),
        Define.Of("tarn_bing_tile_x", (string tile) => Parse(tile).X),
        Define.Of("tarn_bing_tile_y", (string tile) => Parse(tile).Y),
        Define.Of("tarn_bing_tile_zoom", (string tile) => Parse(tile).Zoom),
        Define.Of("tarn_bing_tile_key", (string tile) => Key(Parse(tile))),
        Define.Of("tarn_bing_tile_polygon", (string tile) => Write(Factory.ToGeometry(Box(Parse(tile))))),
        Define.Of("tarn_bing_tiles_around", (double latitude, double longitude, long zoom) =>
            Around(latitude, longitude, zoom)),
        Define.Of("tarn_bing_tiles_within", (double latitude, double longitude, long zoom, double radius) =>
            Within(latitude, longitude, zoom, radius)),
        Define.Of("tarn_bing_tiles_of", (string shape, long zoom) => Covering(shape, zoom)),
    ];

    private static string Text((int X, int Y, int Zoom) tile) => string.Create(
        CultureInfo.InvariantCulture, $"{{\"x\":{tile.X},\"y\":{tile.Y},\"zoom\":{tile.Zoom}}}");

    private static (int X, int Y, int Zoom) Parse(string tile)
    {
        var match = Tile().Match(tile);
        return (Number(1), Number(2), Number(3));

        int Number(int group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);
    }

    private static (int X, int Y, int Zoom) Checked(long x, long y, long zoom)
    {
        CheckZoom(zoom);
        return x >= 0 && y >= 0 && x < 1L << (int)zoom && y < 1L << (int)zoom
            ? ((int)x, (int)y, (int)zoom)
            : throw Define.Invalid($"XY coordinates for a Bing tile at zoom level {zoom} must be within [0, "
                + $"{1L << (int)zoom}) range");
    }

    private static void CheckZoom(long zoom)
    {
        if (zoom is < 0 or > ZoomMax)
        {
            throw Define.Invalid(zoom < 0 ? "Zoom level must be >= 0" : $"Zoom level must be <= {ZoomMax}");
        }
    }

    private static (int X, int Y, int Zoom) FromKey(string key)
    {
        CheckZoom(key.Length);
        var (x, y) = (0, 0);
        foreach (var digit in key)
        {
            if (digit is < '0' or > '3')
            {
                throw Define.Invalid($"Invalid QuadKey digit sequence: {key}");
            }

            (x, y) = ((x << 1) | ((digit - '0') & 1), (y << 1) | ((digit - '0') >> 1));
        }

        return (x, y, key.Length);
    }

    private static string Key((int X, int Y, int Zoom) tile)
    {
        var key = new StringBuilder();
        for (var bit = tile.Zoom - 1; bit >= 0; bit--)
        {
            key.Append((char)('0' + ((tile.X >> bit) & 1) + (((tile.Y >> bit) & 1) << 1)));
        }

        return key.ToString();
    }

    private static (int X, int Y, int Zoom) At(double latitude, double longitude, long zoom)
    {
        CheckZoom(zoom);
        if (latitude is not (>= -LatitudeMax and <= LatitudeMax))
        {
            throw Define.Invalid($"Latitude must be between -{LatitudeMax} and {LatitudeMax}");
        }

        if (longitude is not (>= -180 and <= 180))
        {
            throw Define.Invalid("Longitude must be between -180.0 and 180.0");
        }

        var size = 1L << (int)zoom;
        var sine = Math.Sin(double.DegreesToRadians(latitude));
        var x = (longitude + 180) / 360;
        var y = 0.5 - (Math.Log((1 + sine) / (1 - sine)) / (4 * Math.PI));
        return (Clip(x * size, size), Clip(y * size, size), (int)zoom);
    }

    private static int Clip(double value, long size) => (int)Math.Clamp(Math.Floor(value), 0, size - 1);

    private static Envelope Box((int X, int Y, int Zoom) tile) => new(
        Longitude(tile.X, tile.Zoom),
        Longitude(tile.X + 1, tile.Zoom),
        Latitude(tile.Y + 1, tile.Zoom),
        Latitude(tile.Y, tile.Zoom));

    private static double Longitude(int x, int zoom) => (x * 360d / (1L << zoom)) - 180;

    private static double Latitude(int y, int zoom)
    {
        var share = 0.5 - ((double)y / (1L << zoom));
        return 90 - (360 * Math.Atan(Math.Exp(-share * 2 * Math.PI)) / Math.PI);
    }

    private static string?[] Around(double latitude, double longitude, long zoom)
    {
        var (x, y, level) = At(latitude, longitude, zoom);
        var last = (1 << level) - 1;
        return [.. Enumerable.Range(y - 1, 3).Where(row => row >= 0 && row <= last).SelectMany(row =>
            Enumerable.Range(x - 1, 3).Where(column => column >= 0 && column <= last)
                .Select(column => Text((column, row, level))))];
    }

    private static string?[] Within(double latitude, double longitude, long zoom, double radius)
    {
        if (radius is not (>= 0 and <= 1000))
        {
            throw Define.Invalid(radius < 0 ? "Radius must be >= 0" : "Radius must be <= 1,000 km");
        }

        At(latitude, longitude, zoom);
        var up = double.RadiansToDegrees(radius / 6371.01);
        var (south, north) = (Math.Max(-LatitudeMax, latitude - up), Math.Min(LatitudeMax, latitude + up));
        var aside = up / Math.Max(1e-9, Math.Cos(double.DegreesToRadians(Math.Max(Math.Abs(south), Math.Abs(north)))));
        var (west, east) = (Math.Max(-180, longitude - aside), Math.Min(180, longitude + aside));
        return [.. Range(At(north, west, zoom), At(south, east, zoom)).Where(tile =>
        {
            var box = Box(tile);
            return EarthFunctions.GreatCircle(
                latitude,
                longitude,
                Math.Clamp(latitude, box.MinY, box.MaxY),
                Math.Clamp(longitude, box.MinX, box.MaxX)) <= radius * 1000;
        }).Select(Text)];
    }

    private static string?[] Covering(string text, long zoom)
    {
        CheckZoom(zoom);
        var shape = Read(text);
        if (shape.IsEmpty)
        {
            return [];
        }

        var box = shape.EnvelopeInternal;
        var tiles = Range(At(box.MaxY, box.MinX, zoom), At(box.MinY, box.MaxX, zoom));
        return shape is Point
            ? [Text(At(box.MinY, box.MinX, zoom))]
            : [.. tiles.Where(tile => Factory.ToGeometry(Box(tile)).Intersects(shape)).Select(Text)];
    }

    private static IEnumerable<(int X, int Y, int Zoom)> Range(
        (int X, int Y, int Zoom) first, (int X, int Y, int Zoom) last)
    {
        var (wide, high) = (last.X - first.X + 1L, last.Y - first.Y + 1L);
        return wide * high <= TilesMax
            ? Enumerable.Range(first.X, (int)wide).SelectMany(x =>
                Enumerable.Range(first.Y, (int)high).Select(y => (x, y, first.Zoom)))
            : throw Define.Invalid("The number of tiles covering the input is too many; use a smaller zoom level");
    }

    [GeneratedRegex("""^\{"x":(\d+),"y":(\d+),"zoom":(\d+)\}$""")]
    private static partial Regex Tile();
}
