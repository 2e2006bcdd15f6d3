using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.Phones;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AriDialer.Web.Features.Dialing;

/// <summary>
/// A number that calls when it is pressed: <c>&lt;call-number value="+12025550143" /&gt;</c>. What stands inside is shown instead of the
/// number. Where there is nobody to call, or oneself, it is text. wwwroot-assets/shell/callNumber.ts hands the press to the phone.
/// </summary>
[HtmlTargetElement("call-number")]
public sealed class CallNumberTagHelper : TagHelper
{
    /// <summary>The number, E.164.</summary>
    public string? Value { get; set; }

    /// <summary>Whose it is, shown in the phone while it rings.</summary>
    public string? Name { get; set; }

    /// <summary>The id of the person of ours who is to be called, with a number or without.</summary>
    public string? Person { get; set; }

    /// <summary>The id of the team that is to be called, with a number or without.</summary>
    public string? Team { get; set; }

    /// <summary>The button's looks, where it is not to look like a number in a text.</summary>
    public string? Class { get; set; }

    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var numbers = ViewContext.HttpContext.RequestServices.GetRequiredService<TelephoneNumbers>();
        // Without a region only a number with its country's code is read, and nothing else becomes one to dial.
        var number = numbers.ReadOrNull(Value, "");
        var content = await output.GetChildContentAsync();
        output.TagMode = TagMode.StartTagAndEndTag;
        if (content.IsEmptyOrWhiteSpace)
            output.Content.SetContent(number?.International ?? Value ?? "");
        else
            output.Content.SetHtmlContent(content);

        // What is null in a page arrives here as an empty text.
        var isPerson = !string.IsNullOrEmpty(Person);
        var dial = isPerson ? PhoneNames.DialFor(Person!) : !string.IsNullOrEmpty(Team) ? PhoneNames.DialForTeam(Team) : number?.E164;
        if (dial is null || isPerson && Person == ViewContext.HttpContext.User.UserId())
        {
            output.TagName = null;
            return;
        }

        output.TagName = "button";
        output.Attributes.SetAttribute("type", "button");
        output.Attributes.SetAttribute("class", Class ?? "call-number");
        output.Attributes.SetAttribute("data-dial", dial);
        output.Attributes.SetAttribute("data-number", number?.International ?? "");
        if (!string.IsNullOrEmpty(Name))
            output.Attributes.SetAttribute("data-name", Name);

        output.PreContent.SetHtmlContent(
            "<svg class=\"icon\" aria-hidden=\"true\"><use href=\"/dist/icons.svg#telephone\"></use></svg><span class=\"visually-hidden\">Call </span>");
    }
}
