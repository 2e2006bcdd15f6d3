using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AriDialer.Web.Features.Dialing.Dock;

/// <summary>Places the phone: <c>&lt;ari-dialer /&gt;</c>. A page that places it itself has it there instead of in the layout.</summary>
[HtmlTargetElement("ari-dialer", TagStructure = TagStructure.WithoutEndTag)]
public sealed class AriDialerTagHelper(IViewComponentHelper components) : TagHelper
{
    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        ((IViewContextAware)components).Contextualize(ViewContext);
        output.TagName = null;
        output.Content.SetHtmlContent(await components.InvokeAsync<DockViewComponent>());
    }
}
