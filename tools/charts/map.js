export { init, registerMap, use } from "echarts/core";
import { use } from "echarts/core";
import { ScatterChart, LinesChart } from "echarts/charts";
import { GeoComponent, TooltipComponent } from "echarts/components";
import { CanvasRenderer } from "echarts/renderers";
use([ScatterChart, LinesChart, GeoComponent, TooltipComponent, CanvasRenderer]);
