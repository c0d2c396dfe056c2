using System.Collections;
using System.Reflection;
using System.Text;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Tests;

/// <summary>
/// A tree written out whole but for positions and the source text that some statements keep: two trees are equal when
/// their texts are.
/// </summary>
internal static class TreeText
{
    private static readonly string[] Left = ["Position", "OriginalText", "EqualityContract"];

    public static string Of(object tree)
    {
        var text = new StringBuilder();
        Write(text, tree);
        return text.ToString();
    }

    private static void Write(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                return;
            case string or bool or int or long or Enum or SqlType:
                text.Append('<').Append(value).Append('>');
                return;
            case IEnumerable items:
                text.Append('[');
                foreach (var item in items)
                {
                    Write(text, item);
                    text.Append(';');
                }

                text.Append(']');
                return;
        }

        var type = value.GetType();
        text.Append(type.Name).Append('{');
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var isSource = value is Statement.Prepare && property.Name == "Text";
            if (!Left.Contains(property.Name) && !isSource && property.GetIndexParameters().Length == 0)
            {
                text.Append(property.Name).Append('=');
                Write(text, property.GetValue(value));
                text.Append(' ');
            }
        }

        foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Instance))
        {
            Write(text, field.GetValue(value));
            text.Append(' ');
        }

        text.Append('}');
    }
}
