using System.Globalization;
using System.Text;
using System.Text.Json;
using NetTopologySuite.Geometries;
using Tarn.Primitives.Functions;
using Tarn.Sql.Functions.Native;
using static Tarn.Query.Geometry.GeometryText;
using Shape = NetTopologySuite.Geometries.Geometry;

namespace Tarn.Query.Geometry;

/// <summary>Shapes on the globe, and their texts: encoded polylines and GeoJSON.</summary>
internal static class EarthFunctions
{
    private const double RadiusMeters = 6371010;
    private const double PolylineFactor = 1e5;

    public static IEnumerable<ScalarFunction> All { get; } =
    [
        Define.Of("tarn_great_circle", (double a, double b, double c, double d) => GreatCircle(a, b, c, d) / 1000),
        Define.Of("tarn_st_to_earth", (string shape) => Write(OnEarth(Read(shape)))),
        Define.Of("tarn_st_earth_distance", (string a, string b) => Distance(Read(a), Read(b))),
        Define.Of("tarn_st_earth_length", (string shape) => Length(Read(shape))),
        Define.Of("tarn_st_to_polyline", (string shape) => ToPolyline(Read(shape))),
        Define.Of("tarn_st_from_polyline", (string text) => Write(FromPolyline(text))),
        Define.Of("tarn_st_to_geojson", (string shape) => ToGeoJson(Read(shape))),
        Define.Of("tarn_st_from_geojson", (string json) => Write(FromGeoJson(json))),
    ];

    /// <summary>Vincenty's formula on a sphere, in metres.</summary>
    public static double GreatCircle(double latitude1, double longitude1, double latitude2, double longitude2)
    {
        CheckDegrees(latitude1, longitude1);
        CheckDegrees(latitude2, longitude2);
        var (a, b) = (double.DegreesToRadians(latitude1), double.DegreesToRadians(latitude2));
        var turn = double.DegreesToRadians(longitude1) - double.DegreesToRadians(longitude2);
        var x = Math.Cos(b) * Math.Sin(turn);
        var y = (Math.Cos(a) * Math.Sin(b)) - (Math.Sin(a) * Math.Cos(b) * Math.Cos(turn));
        var z = (Math.Sin(a) * Math.Sin(b)) + (Math.Cos(a) * Math.Cos(b) * Math.Cos(turn));
        return Math.Atan2(Math.Sqrt((x * x) + (y * y)), z) * RadiusMeters;
    }

    public static void CheckDegrees(double latitude, double longitude)
    {
        if (latitude is not (>= -90 and <= 90))
        {
            throw Define.Invalid("Latitude must be between -90 and 90");
        }

        if (longitude is not (>= -180 and <= 180))
        {
            throw Define.Invalid("Longitude must be between -180 and 180");
        }
    }

    private static Shape OnEarth(Shape shape)
    {
        foreach (var point in shape.Coordinates)
        {
            CheckDegrees(point.Y, point.X);
        }

        return shape;
    }

    private static double? Distance(Shape a, Shape b) => a.IsEmpty || b.IsEmpty ? null
        : (a, b) is (Point from, Point to) ? GreatCircle(from.Y, from.X, to.Y, to.X)
        : throw WrongKind("ST_Distance", "POINT", a is Point ? b : a);

    private static double? Length(Shape shape)
    {
        if (shape is not (LineString or MultiLineString))
        {
            throw WrongKind("ST_Length", "LINE_STRING or MULTI_LINE_STRING", shape);
        }

        return shape.IsEmpty ? null : Enumerable.Range(0, shape.NumGeometries).Sum(i =>
        {
            var points = shape.GetGeometryN(i).Coordinates;
            return points.Zip(points.Skip(1)).Sum(
                pair => GreatCircle(pair.First.Y, pair.First.X, pair.Second.Y, pair.Second.X));
        });
    }

    private static string ToPolyline(Shape shape)
    {
        if (shape is not (LineString or MultiPoint))
        {
            throw WrongKind("to_encoded_polyline", "LINE_STRING or MULTI_POINT", shape);
        }

        var text = new StringBuilder();
        var (latitude, longitude) = (0L, 0L);
        foreach (var point in shape.Coordinates)
        {
            var (y, x) = (Fixed(point.Y), Fixed(point.X));
            Append(text, y - latitude);
            Append(text, x - longitude);
            (latitude, longitude) = (y, x);
        }

        return text.ToString();
    }

    private static long Fixed(double degrees) =>
        (long)Math.Round(degrees * PolylineFactor, MidpointRounding.AwayFromZero);

    private static void Append(StringBuilder text, long value)
    {
        var bits = value < 0 ? ~(value << 1) : value << 1;
        for (; bits >= 0x20; bits >>= 5)
        {
            text.Append((char)((0x20 | (bits & 0x1F)) + 63));
        }

        text.Append((char)(bits + 63));
    }

    private static LineString FromPolyline(string text)
    {
        var points = new List<Coordinate>();
        var (at, latitude, longitude) = (0, 0L, 0L);
        while (at < text.Length)
        {
            latitude += Next(text, ref at);
            longitude += Next(text, ref at);
            points.Add(new Coordinate(longitude / PolylineFactor, latitude / PolylineFactor));
        }

        return points.Count < 2 ? Factory.CreateLineString() : Factory.CreateLineString([.. points]);
    }

    private static long Next(string text, ref int at)
    {
        var (bits, shift) = (0L, 0);
        while (at < text.Length && shift < 60)
        {
            var part = text[at++] - 63;
            bits |= (part & 0x1FL) << shift;
            shift += 5;
            if (part < 0x20)
            {
                return (bits & 1) != 0 ? ~(bits >> 1) : bits >> 1;
            }
        }

        throw Define.Invalid("Input is not a valid encoded polyline");
    }

    private static string ToGeoJson(Shape shape) => shape is GeometryCollection and not
            (MultiPoint or MultiLineString or MultiPolygon)
        ? $"{{\"type\":\"GeometryCollection\",\"geometries\":[{string.Join(',', Parts(shape).Select(ToGeoJson))}]}}"
        : $"{{\"type\":\"{shape.GeometryType}\",\"coordinates\":{Coordinates(shape)}}}";

    private static string Coordinates(Shape shape) => shape switch
    {
        Point { IsEmpty: true } => "[]",
        Point point => Pair(point.Coordinate),
        LineString line => $"[{string.Join(',', line.Coordinates.Select(Pair))}]",
        Polygon { IsEmpty: true } => "[]",
        Polygon area => $"[{string.Join(',', area.InteriorRings.Prepend(area.ExteriorRing).Select(Coordinates))}]",
        _ => $"[{string.Join(',', Parts(shape).Select(Coordinates))}]",
    };

    private static string Pair(Coordinate point) =>
        string.Create(CultureInfo.InvariantCulture, $"[{point.X},{point.Y}]");

    private static IEnumerable<Shape> Parts(Shape shape) =>
        Enumerable.Range(0, shape.NumGeometries).Select(shape.GetGeometryN);

    private static Shape FromGeoJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return FromGeoJson(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException
            or KeyNotFoundException or ArgumentException or FormatException)
        {
            throw Define.Invalid($"Invalid GeoJSON: {exception.Message}");
        }
    }

    private static Shape FromGeoJson(JsonElement json)
    {
        var type = json.GetProperty("type").GetString();
        if (type == "GeometryCollection")
        {
            return Factory.CreateGeometryCollection(
                [.. json.GetProperty("geometries").EnumerateArray().Select(FromGeoJson)]);
        }

        var parts = json.GetProperty("coordinates");
        return type switch
        {
            "Point" => parts.GetArrayLength() == 0 ? Factory.CreatePoint() : Factory.CreatePoint(ReadPair(parts)),
            "LineString" => ReadLine(parts),
            "Polygon" => ReadArea(parts),
            "MultiPoint" => Factory.CreateMultiPointFromCoords([.. parts.EnumerateArray().Select(ReadPair)]),
            "MultiLineString" => Factory.CreateMultiLineString([.. parts.EnumerateArray().Select(ReadLine)]),
            "MultiPolygon" => Factory.CreateMultiPolygon([.. parts.EnumerateArray().Select(ReadArea)]),
            _ => throw new FormatException($"unknown type '{type}'"),
        };
    }

    private static Coordinate ReadPair(JsonElement pair) => new(pair[0].GetDouble(), pair[1].GetDouble());

    private static LineString ReadLine(JsonElement points) =>
        Factory.CreateLineString([.. points.EnumerateArray().Select(ReadPair)]);

    private static Polygon ReadArea(JsonElement rings)
    {
        var all = rings.EnumerateArray()
            .Select(ring => Factory.CreateLinearRing([.. ring.EnumerateArray().Select(ReadPair)])).ToArray();
        return all.Length == 0 ? Factory.CreatePolygon() : Factory.CreatePolygon(all[0], all[1..]);
    }
}
