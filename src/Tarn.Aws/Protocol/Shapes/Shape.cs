using System.Collections.Concurrent;
using System.Reflection;

namespace Tarn.Aws.Protocol.Shapes;

/// <summary>
/// A structure of AWS's model, made from a record whose properties are its members: what is read, checked, merged,
/// described and told on the coverage page all comes from that one record.
/// </summary>
internal sealed class Shape
{
    private static readonly ConcurrentDictionary<Type, Shape> Known = new();

    private Shape(Type type) => Members = [.. Properties(type).Select(Describe)];

    /// <summary>Members in the order in which the record declares them, those of its base first.</summary>
    public IReadOnlyList<ShapeMember> Members { get; }

    public static Shape Of(Type type) => Known.GetOrAdd(type, static type => new Shape(type));

    /// <summary>The member of that name, or null.</summary>
    public ShapeMember? Find(string name, ShapeForm form) =>
        Members.FirstOrDefault(member => string.Equals(member.NameIn(form), name, StringComparison.Ordinal));

    private static IEnumerable<PropertyInfo> Properties(Type type)
    {
        var inherited = type.BaseType is { } parent && parent != typeof(object) ? Properties(parent) : [];
        return inherited.Concat(type
            .GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(property => property.CanWrite));
    }

    private static ShapeMember Describe(PropertyInfo property)
    {
        var rules = property.GetCustomAttribute<MemberAttribute>() ?? new MemberAttribute();
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return type switch
        {
            _ when type == typeof(string) => new ShapeMember(property.Name, rules, ShapeKind.Text, null),
            _ when type == typeof(bool) => new ShapeMember(property.Name, rules, ShapeKind.Flag, null),
            _ when type == typeof(int) || type == typeof(long) =>
                new ShapeMember(property.Name, rules, ShapeKind.Number, null),
            _ when type == typeof(IReadOnlyDictionary<string, string>) =>
                new ShapeMember(property.Name, rules, ShapeKind.Map, null),
            _ when type == typeof(IReadOnlyList<string>) =>
                new ShapeMember(property.Name, rules, ShapeKind.Texts, null),
            _ when type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) =>
                new ShapeMember(property.Name, rules, ShapeKind.Structures, Of(type.GetGenericArguments()[0])),
            _ => new ShapeMember(property.Name, rules, ShapeKind.Structure, Of(type)),
        };
    }
}
