using NetTopologySuite.Geometries;
using NetTopologySuite.IO;
using Tarn.Primitives.Errors;
using Tarn.Sql.Functions.Native;
using Shape = NetTopologySuite.Geometries.Geometry;

namespace Tarn.Query.Geometry;

/// <summary>Geometries on their way through DuckDB are their well-known text.</summary>
internal static class GeometryText
{
    private const int KeptMax = 4;

    /// <summary>A filter compares every row with the same few shapes, so each thread keeps its last ones.</summary>
    [ThreadStatic]
    private static List<(string Text, Shape Shape)>? _kept;

    public static GeometryFactory Factory { get; } = new();

    public static Shape Read(string text)
    {
        var kept = _kept ??= [];
        var at = kept.FindIndex(entry => entry.Text == text);
        if (at >= 0)
        {
            return kept[at].Shape;
        }

        var shape = Parse(text);
        if (kept.Count == KeptMax)
        {
            kept.RemoveAt(0);
        }

        kept.Add((text, shape));
        return shape;
    }

    public static string Write(Shape shape) => new WKTWriter().Write(shape);

    public static Shape FromBinary(byte[] bytes)
    {
        try
        {
            return new WKBReader().Read(bytes);
        }
        catch (Exception exception) when (exception is ParseException or ArgumentException or IOException)
        {
            throw Define.Invalid($"Invalid WKB: {exception.Message}");
        }
    }

    /// <summary>The shape as the kind that a function takes; fails as Trino does for another.</summary>
    public static TShape Only<TShape>(string function, string kinds, Shape shape)
        where TShape : Shape => shape as TShape
        ?? throw WrongKind(function, kinds, shape);

    public static TarnException WrongKind(string function, string kinds, Shape shape) =>
        Define.Invalid($"{function} only applies to {kinds}. Input type is: {Kind(shape)}");

    public static string Kind(Shape shape) => shape switch
    {
        Point => "POINT",
        LineString => "LINE_STRING",
        Polygon => "POLYGON",
        MultiPoint => "MULTI_POINT",
        MultiLineString => "MULTI_LINE_STRING",
        MultiPolygon => "MULTI_POLYGON",
        _ => "GEOMETRY_COLLECTION",
    };

    private static Shape Parse(string text)
    {
        try
        {
            return new WKTReader().Read(text);
        }
        catch (Exception exception) when (exception is ParseException or ArgumentException)
        {
            throw Define.Invalid($"Invalid WKT: {text}");
        }
    }
}
