using System.ComponentModel.DataAnnotations;
using AriDialer.Web.Data;

namespace AriDialer.Web.Features.Profile;

/// <summary>One of the three choices of where calls are sent on to, as the form holds it.</summary>
internal sealed class ForwardInput
{
    [EnumDataType(typeof(ForwardTo), ErrorMessage = "Choose one of the list.")]
    public ForwardTo To { get; set; }

    public string? Number { get; set; }

    public string? Colleague { get; set; }

    public static ForwardInput Of(CallForward forward, Func<string, string> write) =>
        new() { To = forward.To, Number = forward.Number is { } number ? write(number) : null, Colleague = forward.UserId };
}
